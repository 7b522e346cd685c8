"""The words of search, the vocabulary, the levels, and a window that counts and pages as one looking at every good."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from marketplace.catalog.search.columns import best
from marketplace.catalog.search.keyboards import undone
from marketplace.catalog.search.matching import Texts
from marketplace.catalog.search.vocabulary import Vocabulary
from marketplace.catalog.search.window import CERTIFICATE_BITS, Entry, Order, Question, Window
from marketplace.catalog.search.words import measures, typed_words, wording, written
from tests.catalog.market import entries, open_window

NAMES = [entry.name for entry in entries()]
few = hypothesis_settings(max_examples=60)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("5kg", "5000g"), ("5 ký", "5000g"), ("5 KI LÔ", "5000g"), ("0,5 kg", "500g"), ("0.5kg", "500g"),
        ("500 gram", "500g"), ("3 lạng", "300g"), ("nửa ký", "500g"), ("nửa lít", "500ml"), ("1,5l", "1500ml"),
        ("330ml", "330ml"),
    ],
)  # fmt: skip
def test_an_amount_has_one_form_however_it_is_written(text: str, amount: str) -> None:
    for form in ("NFC", "NFD", "NFKC"):
        shown = unicodedata.normalize(form, text)
        assert measures(shown) == [amount]
        assert [word.plain for word in typed_words(f"gạo {shown}")] == ["gao", amount]


@pytest.mark.parametrize("text", ["5 khoai", "gói 5", "ri6", "st25", "k5g", "5.kg", "nửa"])
def test_what_only_looks_like_an_amount_is_none(text: str) -> None:
    assert measures(text) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("hòa", "hoà"), ("khỏe", "khoẻ"), ("thủy", "thuỷ"), ("HÒA", "hoà"), ("lõa", "loã"), ("hóa", "hoá")],
)
def test_the_tone_may_stand_on_either_vowel(one: str, other: str) -> None:
    assert written(one) == written(other)


@few
@given(st.sampled_from(NAMES))
def test_composed_and_decomposed_text_have_the_same_words(name: str) -> None:
    assert len({wording(unicodedata.normalize(form, name)) for form in ("NFC", "NFD")}) == 1
    assert typed_words(unicodedata.normalize("NFD", name)) == typed_words(name)


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        ("xoaif", "xoài"), ("xoafi", "xoài"), ("rieengs", "riếng"), ("rieeng", "riêng"), ("saafu", "sầu"),
        ("dduwowngf", "đường"), ("dduowngf", "đường"), ("duongwfd", "đường"), ("quaan", "quân"), ("quyts", "quýt"),
        ("gias", "giá"), ("giaf", "già"), ("hoaf", "hoà"), ("khoai", "khoai"), ("buwowri", "bưởi"), ("muaw", "mưa"),
        ("hoawcj", "hoặc"), ("tooms", "tốm"), ("xoai2", "xoài"), ("d9u7o7ng2", "đường"), ("rie6ng", "riêng"),
        ("ma81m", "mắm"), ("rieng123", "rieng123"), ("st25", "st25"), ("", ""),
    ],
)  # fmt: skip
def test_keys_of_telex_and_vni_become_the_word_that_was_meant(keys: str, word: str) -> None:
    assert undone(keys) == word


@given(st.text("abcdeowsfrxjzuiynghmtkl0123456789đâ", max_size=12))
def test_any_keys_at_all_are_undone_to_something(keys: str) -> None:
    assert isinstance(undone(keys), str)


words = st.text("aeinorst", min_size=1, max_size=7)


@few
@given(st.lists(words, min_size=1, max_size=30), words, st.data())
def test_a_vocabulary_finds_what_a_look_at_every_word_finds(kept: list[str], asked: str, data: st.DataObject) -> None:
    vocabulary = Vocabulary()
    for place, word in enumerate(kept):
        vocabulary.add(word, place)
        if data.draw(st.booleans()):
            list(vocabulary.begun(word))
            vocabulary.having_begun(word[: data.draw(st.integers(1, 3))])
    assert vocabulary.having(asked).tolist() == [place for place, word in enumerate(kept) if word == asked]
    for length in range(1, len(asked) + 1):
        begun = {place for place, word in enumerate(kept) if word.startswith(asked[:length])}
        assert set(vocabulary.having_begun(asked[:length]).tolist()) == begun
    assert list(vocabulary.begun(asked)) == sorted({w for w in kept if w.startswith(asked) and w != asked})
    assert vocabulary.begins(asked) == any(word.startswith(asked) for word in kept)
    assert (asked in vocabulary) == (asked in kept)
    parts = vocabulary.apart(asked)
    assert set(parts) <= set(kept)
    assert "".join(parts) in {"", asked}
    assert len(parts) != 1


@few
@given(words.filter(lambda word: len(word) > 2), st.data())
def test_one_slip_in_a_word_leads_back_to_it(word: str, data: st.DataObject) -> None:
    vocabulary = Vocabulary()
    vocabulary.add(word, 0)
    at = data.draw(st.integers(0, len(word) - 1))
    slips = {
        "left out": word[:at] + word[at + 1 :],
        "another": f"{word[:at]}k{word[at + 1 :]}",
        "one more": f"{word[:at]}k{word[at:]}",
        "turned": word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    }
    for slipped in slips.values():
        if len(slipped) > 2 and slipped != word:
            assert vocabulary.meant(slipped) == [word]


@few
@given(st.lists(st.sampled_from(NAMES) | st.text(max_size=30), min_size=1, max_size=8))
def test_a_good_is_always_found_by_its_own_name(names: list[str]) -> None:
    texts = Texts()
    for name in names:
        texts.add(wording(name))
    for place, name in enumerate(names):
        if wording(name).name:
            match = texts.match(name)
            assert match is not None
            assert match.quality[place] == match.quality.max() > 0
            assert match.named[place]
            assert not match.slipped


@few
@given(st.lists(st.sampled_from(NAMES), min_size=2, max_size=12, unique=True), st.data())
def test_one_good_more_changes_how_well_no_other_matches(names: list[str], data: st.DataObject) -> None:
    typed = " ".join(data.draw(st.lists(st.sampled_from(names[0].split()), min_size=1, max_size=3)))
    texts = Texts()
    for name in names[:-1]:
        texts.add(wording(name))
    before = texts.match(typed)
    texts.add(wording(names[-1]))
    after = texts.match(typed)
    assert before is not None
    assert after is not None
    # What is found as it was typed stays; only what was taken for something else may be known better by now.
    if before.quality.any() and not before.slipped:
        assert after.quality[:-1].tolist() == before.quality.tolist()


def test_a_whole_word_beats_one_begun_and_a_name_beats_the_shops() -> None:
    texts = Texts()
    for name, shop in (("Cám gạo", ""), ("Cá lóc", ""), ("Ổi", "Vườn cá"), ("Cà tím", "")):
        texts.add(wording(name, (shop,)))
    match = texts.match("cá")
    assert match is not None
    begun, whole, shop, other = match.quality.tolist()
    assert whole > begun > other > shop > 0
    assert match.named.tolist() == [True, True, False, True]


MARKET = list(entries())
STORES = sorted({entry.store for entry in MARKET})
COMMUNES = sorted({entry.commune for entry in MARKET})
KINDS = sorted({entry.kind for entry in MARKET})
prices = st.none() | st.integers(0, 110_000)

questions = st.builds(
    Question,
    text=st.sampled_from(["", "xoai", "cá", "dua", "sau rieg", "ba tam", "thit", "zzzz", "gạo 5kg", "x"]),
    category=st.none() | st.sampled_from([1, 2, 100, 105, 999]),
    store=st.sampled_from(["", *STORES, "khong-co"]),
    communes=st.sampled_from([(), (COMMUNES[0],), (COMMUNES[0], COMMUNES[1]), ("00000",)]),
    kinds=st.sampled_from([(), (KINDS[0],), (KINDS[1], KINDS[2])]),
    lowest=prices,
    highest=prices,
    stars=st.none() | st.integers(3, 5),
    certificates=st.sampled_from([0, 0, 1, 3]),
    in_stock=st.booleans(),
    preorder=st.sampled_from([False, False, True]),
    stores=st.none() | st.sampled_from([(), tuple(STORES[:2]), ("khong-co",)]),
    near=st.sampled_from([{}, {COMMUNES[0]: 64, "00000": 10}]),
    order=st.sampled_from(list(Order)),
    limit=st.integers(1, 30),
    bands=st.just(((None, 30_000), (30_001, 60_000), (60_001, None))),
)
CHOICES: dict[str, dict[str, object]] = {
    "category": {"category": None}, "commune": {"communes": ()}, "kind": {"kinds": ()}, "stars": {"stars": None},
    "certificates": {"certificates": 0}, "price": {"lowest": None, "highest": None}, "in_stock": {"in_stock": False},
    "preorder": {"preorder": False}, "store": {"store": ""}, "reachable": {"stores": None},
}  # fmt: skip


def decorated() -> list[Entry]:
    """The market with stars, certificates and pre-orders here and there."""
    return [
        replace(entry, stars=(0, 3, 4, 5, 0)[n % 5], certificates=(0, 1, 3, 8)[n % 4], preorder=n % 7 == 0)
        for n, entry in enumerate(MARKET)
    ]


def meets(entry: Entry, question: Question) -> bool:
    """The filters of a question, one after the other."""
    return (
        (question.category is None or question.category in entry.categories)
        and (not question.store or entry.store == question.store)
        and (not question.communes or entry.commune in question.communes)
        and (not question.kinds or entry.kind in question.kinds)
        and (question.lowest is None or entry.price >= question.lowest)
        and (question.highest is None or entry.price <= question.highest)
        and (question.stars is None or entry.stars >= question.stars)
        and entry.certificates & question.certificates == question.certificates
        and (not question.in_stock or entry.in_stock)
        and (not question.preorder or entry.preorder)
        and (question.stores is None or entry.store in question.stores)
    )


def window_of(goods: list[Entry]) -> Window:
    window = Window()
    for entry in goods:
        window.put(entry)
    return window


GOODS = decorated()
WINDOW = window_of(GOODS)


@hypothesis_settings(max_examples=80)
@given(questions)
def test_counts_are_those_of_a_look_at_every_good(question: Question) -> None:
    texted = Question(text=question.text, order=question.order, limit=1000)
    goods = [entry for entry in GOODS if entry.product_id in set(WINDOW.find(texted).products)]
    found = WINDOW.find(replace(question, counted=True))
    assert found.total == sum(meets(entry, question) for entry in goods)

    def left(choice: str) -> list[Entry]:
        return [entry for entry in goods if meets(entry, replace(question, **CHOICES[choice]))]  # type: ignore[arg-type]

    counts = found.counts
    assert counts.categories == {
        number: count for number in (*range(20), *range(100, 130))
        if (count := sum(number in entry.categories for entry in left("category")))
    }  # fmt: skip
    assert {code: counts.communes.get(code, 0) for code in COMMUNES} == {
        code: sum(entry.commune == code for entry in left("commune")) for code in COMMUNES
    }
    assert {kind: counts.kinds.get(kind, 0) for kind in KINDS} == {
        kind: sum(entry.kind == kind for entry in left("kind")) for kind in KINDS
    }
    assert counts.stars == {n: sum(entry.stars >= n for entry in left("stars")) for n in (3, 4, 5)}
    assert counts.certificates == {
        kind: sum(bool(entry.certificates & bit) for entry in left("certificates"))
        for kind, bit in CERTIFICATE_BITS.items()
    }
    assert counts.bands == tuple(
        sum((low or 0) <= entry.price <= (high or 10**9) for entry in left("price")) for low, high in question.bands
    )
    assert counts.in_stock == sum(entry.in_stock for entry in left("in_stock"))
    assert counts.preorder == sum(entry.preorder for entry in left("preorder"))
    if question.stores is not None:
        assert counts.reachable == found.total
    assert counts.without == {
        choice: len(left(choice))
        for choice, none in CHOICES.items()
        if any(getattr(question, name) != value for name, value in none.items())
    }
    assert counts.unfiltered == len(goods)


@hypothesis_settings(max_examples=100)
@given(questions)
def test_page_by_page_shows_what_one_long_list_shows(question: Question) -> None:
    whole = WINDOW.find(replace(question, limit=1000))
    seen: list[int] = []
    after = None
    while True:
        page = WINDOW.find(replace(question, after=after))
        seen += page.products
        after = page.next
        if after is None:
            break
        assert len(page.products) == question.limit
    assert seen == list(whole.products)
    assert len(seen) == len(set(seen)) == whole.total


def test_sold_out_goods_come_after_those_there_are_however_well_they_sold() -> None:
    goods = [
        replace(MARKET[0], product_id=number, name=f"Ổi {number}", in_stock=number != 2, popularity=10**number)
        for number in (1, 2, 3)
    ]
    assert window_of(goods).find(Question(text="ổi")).products == (3, 1, 2)


def test_goods_of_near_communes_rise_as_if_they_had_sold_more_but_not_above_a_better_match() -> None:
    goods = [
        replace(MARKET[0], product_id=1, name="Ổi xá lị", commune="far", popularity=2000),
        replace(MARKET[0], product_id=2, name="Ổi lê", commune="near", popularity=1000),
        replace(MARKET[0], product_id=3, name="Ôi thôi", commune="near", popularity=1000),
        replace(MARKET[0], product_id=4, name="Ổi bán chạy", commune="far", popularity=10**9),
    ]
    window = window_of(goods)
    assert window.find(Question(text="ổi")).products == (4, 1, 2, 3)
    assert window.find(Question(text="ổi", near={"near": 64})).products == (4, 2, 1, 3)


@pytest.mark.parametrize("distinct", [1, 2, 50, 100_000])
@pytest.mark.parametrize("most", [1, 25, 5_000])
def test_the_best_of_many_are_those_a_full_sort_puts_first(distinct: int, most: int) -> None:
    random = np.random.default_rng(distinct + most)
    for size in (0, 20, 8_192, 30_000):
        key, second = random.integers(0, distinct, size, np.int32), random.permutation(size)
        whole = np.lexsort((second, key))[::-1][:most]
        assert best(key, second.take, most).tolist() == whole.tolist()


def test_what_words_were_taken_for_is_told() -> None:
    window, _ = open_window()
    assert window.find(Question(text="sau rieg")).meant == "sau rieng"
    assert window.find(Question(text="saurieng")).meant == "sau rieng"
    assert window.find(Question(text="sau rieng")).meant == ""
    assert window.find(Question(text="zzzzzz")).meant == ""


def test_of_what_finds_nothing_a_part_is_kept_that_finds_something() -> None:
    window, _ = open_window()
    assert window.parts("sầu riêng kwzkwz") == ("sầu riêng",)
    assert window.parts("gạo 25kg") == ("gạo",)
    assert set(window.parts("xoài thủy liễu lươn")) >= {"xoài", "thuỷ liễu", "lươn"}
    assert window.parts("kwzkwz") == window.parts("xoài cát") == window.parts("") == ()


@few
@given(st.lists(st.sampled_from([word for name in NAMES for word in name.split()] + ["kwz", "zzzzz"]), max_size=6))
def test_every_part_of_what_was_typed_finds_something_and_none_is_all_of_it(typed: list[str]) -> None:
    text = " ".join(typed)
    for part in WINDOW.parts(text):
        assert WINDOW.find(Question(text=part)).total > 0, part
        assert part != text


FRUIT = next(entry for entry in GOODS if entry.name == "Sầu riêng Ri6")
MISSPELT = replace(FRUIT, name="Sầu rieg Ri6")


class AnySequence(RuleBasedStateMachine):
    """Goods come, change and leave; the window answers as one made of what there is now."""

    @initialize()
    def open(self) -> None:
        self.window = Window()
        self.goods: dict[int, Entry] = {}

    @rule(number=st.integers(1, 8), like=st.sampled_from([*GOODS, MISSPELT, FRUIT, FRUIT]), stock=st.booleans())
    def put(self, number: int, like: Entry, stock: bool) -> None:
        entry = replace(like, product_id=number, in_stock=stock)
        self.window.put(entry)
        self.goods[number] = entry

    @rule(number=st.integers(1, 8), price=st.integers(1_000, 90_000))
    def change_price(self, number: int, price: int) -> None:
        if number in self.goods:
            self.put(number, replace(self.goods[number], price=price), stock=True)

    @rule(number=st.integers(1, 9))
    def remove(self, number: int) -> None:
        assert self.window.remove(number) == (self.goods.pop(number, None) is not None)

    @invariant()
    def answers_as_one_made_anew(self) -> None:
        anew = window_of(list(self.goods.values()))
        assert len(self.window) == len(anew)
        for text in ("", "xoai", "cá", "vườn ba tám", "sau rieg"):
            for order in Order:
                question = Question(text=text, order=order, counted=True, limit=5)
                assert self.window.find(question) == anew.find(question), question


TestAnySequence = AnySequence.TestCase
TestAnySequence.settings = hypothesis_settings(max_examples=40, stateful_step_count=15)
