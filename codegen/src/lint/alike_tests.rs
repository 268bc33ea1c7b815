//! That the short way to what is alike finds what the long way does, and is short.

use super::*;

/// Numbers that look random, and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }
}

/// Texts as those of a large API: verbs that many have, a resource that few have, and a sentence on it, of which some are copies
/// with another word or two.
fn texts(count: usize) -> Vec<BTreeSet<String>> {
    let mut dice = Dice(7);
    let mut all: Vec<BTreeSet<String>> = Vec::new();
    for index in 0..count {
        let mut text = BTreeSet::new();
        if index % 5 == 4 {
            text = all[dice.below(index)].clone();
            text.insert(format!("word{}", dice.below(2000)));
        } else {
            text.insert(format!("verb{}", dice.below(5)));
            text.insert(format!("resource{}", index / 5));
            text.extend((0..12).map(|_| format!("word{}", dice.below(2000))));
            text.extend((0..8).map(|_| format!("common{}", dice.below(30))));
        }
        all.push(text);
    }
    all
}

#[test]
fn the_short_way_finds_what_the_long_way_finds() {
    for limit in [0.3, 0.6, 0.8, 1.0] {
        let texts = Texts::of(&texts(300), limit);
        let count = texts.said.len();
        let all = (0..count).flat_map(|one| (0..one).map(move |other| (other, one)));
        let long: Vec<(usize, usize)> = all.filter(|it| texts.are_alike(it.0, it.1)).collect();
        assert_eq!(texts.alike(), long, "{limit}");
        assert!(limit > 0.9 || long.len() > 20, "{limit}: {}", long.len());
    }
}

#[test]
fn of_thousands_of_tools_each_is_compared_with_a_few() {
    let texts = Texts::of(&texts(3000), 0.8);
    let compared: usize = texts.candidates().iter().map(BTreeSet::len).sum();
    assert!(
        compared < 30 * 3000,
        "{compared} pairs of {}",
        3000 * 2999 / 2
    );
}

#[test]
fn a_word_of_the_name_tells_apart_and_another_does_not() {
    let words = |text: &str| super::super::text::words(text);
    let said = [
        words(
            "Answers the picture of a member as a file, or saves it where the operator allowed that",
        ),
        words(
            "Answers the picture of a contact as a file, or saves it where the operator allowed that",
        ),
        words(
            "Answers the picture of a person as a file, or saves it where the operator allowed that",
        ),
    ];
    let texts = Texts::of(&said, 0.5);
    let names = ["get_member_image", "get_contact_image", "get_image"];
    // A text stands where its words do, which is not where its tool does.
    let place = |tool: usize| texts.said.iter().position(|it| it.tools == [tool]).unwrap();
    assert_eq!(texts.alike().len(), 3);
    assert!(texts.are_told_apart(place(0), place(1), |it| names[it]));
    assert!(texts.are_told_apart(place(0), place(2), |it| names[it]));
    let nameless = ["show_image", "answer_image", "get_image"];
    assert!(!texts.are_told_apart(place(0), place(1), |it| nameless[it]));
}
