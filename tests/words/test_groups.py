"""A phrase that names a list is found where the same phrase with its words written out is found."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from checker.words.groups import word_groups, words_of
from checker.words.phrases import PhraseIndex
from checker.words.tokens import tokenize

LISTS = {"drug": ["norco", "soma"], "any": ["norco", "soma", "pills"], "helps": ["helps", "eases"]}
GROUPS = word_groups(LISTS)
WORDS = ["norco", "soma", "pills", "helps", "eases", "gel", "not", "."]
PLACES = ["<drug>", "<any>", "<helps>", "<drug>|gel", "gel|<any>", "<drug>|<helps>", "not", "hel*|<drug>", "..."]


def written_out(phrase: str) -> str:
    for name, words in LISTS.items():
        phrase = phrase.replace(f"<{name}>", "|".join(words))
    return phrase


phrases = (
    st.lists(st.sampled_from(PLACES), min_size=1, max_size=4).filter(lambda p: "..." not in (p[0], p[-1])).map(" ".join)
)
texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)


@given(st.lists(phrases, min_size=1, max_size=5), texts)
def test_a_list_stands_for_its_words(entries: list[str], text: str) -> None:
    tokens = tokenize(text)
    named = PhraseIndex(((phrase, number) for number, phrase in enumerate(entries)), groups=GROUPS)
    plain = PhraseIndex((written_out(phrase), number) for number, phrase in enumerate(entries))
    assert sorted(named.find(tokens)) == sorted(plain.find(tokens))


@given(st.lists(phrases, min_size=1, max_size=5), texts)
def test_what_is_kept_of_an_index_finds_the_same(entries: list[str], text: str) -> None:
    tokens, keyed = tokenize(text), [(phrase, number) for number, phrase in enumerate(entries)]
    new = PhraseIndex(keyed, groups=GROUPS)
    again = PhraseIndex(keyed, new.keep(), GROUPS)
    assert again.find(tokens) == new.find(tokens)
    assert again.words() == new.words()


def test_a_list_that_nobody_knows_stands_for_no_word() -> None:
    index = PhraseIndex([("<unknown> helps", "key"), ("<unknown>|gel helps", "other")], groups=GROUPS)
    assert [match.key for match in index.find(tokenize("norco helps. gel helps."))] == ["other"]
    assert words_of(["<drug>|gel helps"], GROUPS) == {"norco", "soma", "gel", "helps"}
