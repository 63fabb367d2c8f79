"""Coordinates of effects: the same model, in directions that the answers tell apart."""

import numpy as np
import pytest

from evalcore.model.coordinates import coordinates
from evalcore.model.effects import contrasts

FACTORS = {"entity": list("ABCD"), "category": list("xyz")}
TERMS = [("entity",), ("category",), ("entity", "category")]
SOLD = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (2, 0), (2, 1), (2, 2), (3, 0)]
"""D sells only x."""
INDEX = np.array([(entity, category, 3 * entity + category) for entity, category in SOLD])
LEARNED, FIXED = [True, True, True], [True, False, True]
TOTAL = np.array([400, 300, 500, 200, 300, 400, 500, 100, 300, 900])


@pytest.fixture
def plain() -> list[np.ndarray]:
    """Contrasts of the terms as they come."""
    return contrasts(TERMS, FACTORS, "pooled")


def of_effects(own, free):
    """Effects of the three terms from coordinates."""
    (entity, category, both), inner = own.bases, len(own.shear)
    main, rest = free[:inner] - own.shear @ free[inner:], free[inner:]
    return np.concatenate([entity @ main[:3], category @ main[3:], both @ rest])


def test_bases_span_the_same_contrasts(plain):
    """Orthonormal, so that an isotropic prior stays what it was."""
    for turned, basis in zip(
        coordinates(TOTAL, INDEX, plain, np.array([9.0, 4, 6]), LEARNED, 2).bases, plain, strict=True
    ):
        np.testing.assert_allclose(turned.T @ turned, np.eye(basis.shape[1]), atol=1e-12)
        np.testing.assert_allclose(turned @ turned.T, basis @ basis.T, atol=1e-12)


def test_what_is_fully_known_is_told_apart_in_the_data(plain):
    """With weights of one, main effects and interactions no longer make up for each other."""
    own = coordinates(TOTAL, INDEX, plain, np.array([1e14, 1e14, 1e3]), LEARNED, 2)
    free = np.eye(len(own.centring))
    places = np.cumsum([0, 4, 3])
    eta = np.stack([of_effects(own, row)[INDEX + places].sum(axis=1) for row in free], axis=-1)
    level = eta - np.average(eta, axis=0, weights=TOTAL)
    across = (level[:, :5] * TOTAL[:, None]).T @ level[:, 5:]
    np.testing.assert_allclose(across, 0, atol=1e-6 * TOTAL.sum())


def test_what_no_answer_tells_is_not_centred(plain):
    """D sells one category of three: two of the six directions of the interaction are the prior's alone."""
    weights = np.sort(coordinates(TOTAL, INDEX, plain, np.array([9.0, 4, 6]), LEARNED, 2).centring[5:])
    np.testing.assert_allclose(weights[:2], 0, atol=1e-8)
    assert weights[2] > 0.1


def test_nothing_known_is_not_centred_and_not_sheared(plain):
    """Gains of 0: the plain non-centred coordinates."""
    own = coordinates(TOTAL, INDEX, plain, np.zeros(3), LEARNED, 2)
    assert not own.centring.any()
    assert not own.shear.any()


def test_what_has_a_fixed_spread_is_centred(plain):
    """Nothing narrows where no standard deviation varies: categories whole, the others as before."""
    free, fixed = (coordinates(TOTAL, INDEX, plain, np.array([9.0, 4, 6]), own, 2) for own in (LEARNED, FIXED))
    assert fixed.centring[3:5].tolist() == [1, 1]
    assert fixed.centring[:3].tolist() == free.centring[:3].tolist()
    np.testing.assert_allclose(free.centring[3:5, None] * fixed.shear[3:], free.shear[3:])


def test_a_main_effect_is_as_unsure_as_what_its_interactions_add(plain):
    """Large interactions leave little to say of the entities themselves, however many answers there are."""
    alone, among = (
        coordinates(TOTAL, INDEX, plain, np.array([9.0, 4, g]), LEARNED, 2).centring[:3] for g in (0.0, 50.0)
    )
    assert (among < alone).all()


def test_without_interactions_there_is_no_shear(plain):
    """Balanced groups share one weight, that of the term."""
    index = np.array([(e, c) for e in range(4) for c in range(3)])
    own = coordinates(np.full(12, 50), index, plain[:2], np.array([5.0, 0.0]), [True, True], 2)
    np.testing.assert_allclose(own.centring, [0.5, 0.5, 0.5, 0, 0], atol=1e-12)
    assert own.shear.shape == (5, 0)
