//! The best dependency tree: the maximum spanning arborescence (Chu and Liu 1965, Edmonds 1967) with one root.

use hearsay_encoder::Matrix;

/// Heads of the best tree over `n` words: `arcs` has a row a word and `n + 1` columns, column 0 for the root and
/// `j + 1` for word `j`. Gives for each word its head, `None` for the one root.
#[must_use]
pub fn best_tree(arcs: &Matrix) -> Vec<Option<usize>> {
    let count = arcs.rows();
    if count == 0 {
        return Vec::new();
    }
    // Nodes are 0 (the root) and 1..=count. A high price on arcs from the root leaves just one of them.
    let largest = f64::from(arcs.values().iter().fold(1.0_f32, |top, x| top.max(x.abs())).min(1e6));
    let price = 1.0 + 2.0 * count as f64 * largest;
    let mut scores = vec![vec![f64::NEG_INFINITY; count + 1]; count + 1]; // scores[dependent][head]
    for word in 0..count {
        for (head, score) in scores[word + 1].iter_mut().enumerate().filter(|(head, _)| *head != word + 1) {
            *score = f64::from(arcs.row(word).get(head).copied().unwrap_or(f32::MIN)) - if head == 0 { price } else { 0.0 };
        }
    }
    let heads = arborescence(&scores);
    heads.into_iter().skip(1).map(|head| head.checked_sub(1)).collect()
}

/// Heads of all nodes but 0 in the best arborescence from node 0. `scores[d][h]` is square; indices stay below its size.
fn arborescence(scores: &[Vec<f64>]) -> Vec<usize> {
    let size = scores.len();
    let mut heads = vec![0; size];
    for node in 1..size {
        heads[node] = (0..size).fold(usize::from(node == 0), |top, h| if h != node && scores[node][h] > scores[node][top] { h } else { top });
    }
    let Some(cycle) = find_cycle(&heads) else { return heads };
    // Contract the cycle to one node, solve the smaller problem, and open the cycle where an arc enters it.
    let inside = |node: usize| cycle.contains(&node);
    let outside: Vec<usize> = (0..size).filter(|node| !inside(*node)).collect();
    let merged = outside.len();
    let mut smaller = vec![vec![f64::NEG_INFINITY; merged + 1]; merged + 1];
    let mut enters = vec![cycle[0]; merged]; // for each outside head, the cycle's node its best arc enters
    let mut leaves = vec![cycle[0]; merged]; // for each outside dependent, the cycle's node its best arc leaves
    for (i, &node) in outside.iter().enumerate() {
        for (j, &other) in outside.iter().enumerate() {
            smaller[i][j] = scores[node][other];
        }
        for &member in &cycle {
            if scores[node][member] > smaller[i][merged] {
                smaller[i][merged] = scores[node][member];
                leaves[i] = member;
            }
            let gain = scores[member][node] - scores[member][heads[member]];
            if gain > smaller[merged][i] {
                smaller[merged][i] = gain;
                enters[i] = member;
            }
        }
    }
    let solved = arborescence(&smaller);
    for (i, &node) in outside.iter().enumerate().skip(1) {
        heads[node] = if solved[i] == merged { leaves[i] } else { outside[solved[i]] };
    }
    let entry = solved[merged];
    heads[enters[entry]] = outside[entry];
    heads
}

/// The nodes of some cycle among `heads` (node 0 has none), if there is one.
fn find_cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut seen = vec![0; heads.len()];
    for start in 1..heads.len() {
        let mut node = start;
        while node != 0 && seen[node] == 0 {
            seen[node] = start;
            node = heads[node];
        }
        if node != 0 && seen[node] == start {
            let mut cycle = vec![node];
            let mut next = heads[node];
            while next != node {
                cycle.push(next);
                next = heads[next];
            }
            return Some(cycle);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn total(arcs: &Matrix, heads: &[Option<usize>]) -> f32 {
        heads.iter().enumerate().map(|(word, head)| arcs.row(word)[head.map_or(0, |h| h + 1)]).sum()
    }

    fn is_tree(heads: &[Option<usize>]) -> bool {
        heads.iter().filter(|h| h.is_none()).count() == 1
            && (0..heads.len()).all(|start| {
                let mut node = Some(start);
                for _ in 0..=heads.len() {
                    let Some(n) = node else { return true };
                    node = heads[n];
                }
                false
            })
    }

    fn all_trees(count: usize) -> Vec<Vec<Option<usize>>> {
        let mut out = vec![vec![]];
        for _ in 0..count {
            out = out.iter().flat_map(|t: &Vec<Option<usize>>| (0..=count).map(move |h| [t.clone(), vec![h.checked_sub(1)]].concat())).collect();
        }
        out.into_iter().filter(|t| is_tree(t)).collect()
    }

    #[test]
    fn a_cycle_of_best_heads_is_broken() {
        // Each word likes the other best; the root would rather have the second.
        let arcs = Matrix::new(3, vec![1.0, -9.0, 5.0, 2.0, 5.0, -9.0]);
        assert_eq!(best_tree(&arcs), [Some(1), None]);
    }

    proptest! {
        #[test]
        fn the_tree_is_as_good_as_the_best_of_all(values in prop::collection::vec(-4.0f32..4.0, 20)) {
            let arcs = Matrix::new(5, values);
            let heads = best_tree(&arcs);
            prop_assert!(is_tree(&heads));
            let best = all_trees(4).iter().map(|t| total(&arcs, t)).fold(f32::MIN, f32::max);
            prop_assert!((total(&arcs, &heads) - best).abs() < 1e-3);
        }
    }
}
