"""Ridge logistic regression with fixed offsets and signed weights, by Newton's method: small, and exact enough for ten
weights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from checker.outlook.rates import sigmoid
from checker.record import record

Matrix = list[list[float]]
ROUNDS = 200
CLOSE = 1e-9


@record
class Sample:
    """One decided item: which facts hold (by their places), the log-odds of its base rate, and the outcome."""

    facts: tuple[int, ...]
    offset: float
    overturned: bool


@record
class Shape:
    """What is fitted: the direction of each weight (+1 never negative, -1 never positive, 0 free) and the strength of
    the pull towards 0."""

    directions: tuple[int, ...]
    ridge: float


def fit(samples: Sequence[Sample], shape: Shape) -> tuple[list[float], Matrix]:
    """Weights that move the base rates towards the outcomes, and their covariance (inverse of the penalised Hessian)."""
    counts = Counter(samples)  # equal items are counted, so that the time does not grow with the letters
    size = len(shape.directions)
    weights = [0.0] * size
    for _ in range(ROUNDS):
        gradient, hessian = _slopes(counts, weights, shape.ridge)
        free = [place for place in range(size) if not _held(weights[place], gradient[place], shape.directions[place])]
        step = solve([[hessian[i][j] for j in free] for i in free], [gradient[i] for i in free])
        longest = max((abs(change) for change in step), default=0.0)
        if longest < CLOSE:
            break
        damp = min(1.0, 1.0 / longest)  # keeps early steps from overshooting
        for place, change in zip(free, step, strict=True):
            moved = weights[place] + damp * change
            weights[place] = moved if moved * shape.directions[place] >= 0 else 0.0
    return weights, inverse(_slopes(counts, weights, shape.ridge)[1])


def _slopes(counts: Counter[Sample], weights: Sequence[float], ridge: float) -> tuple[list[float], Matrix]:
    """Gradient and negative Hessian of the penalised log-likelihood."""
    size = len(weights)
    gradient = [-ridge * weight for weight in weights]
    hessian = [[ridge if i == j else 0.0 for j in range(size)] for i in range(size)]
    for sample, count in counts.items():
        probability = sigmoid(sample.offset + sum(weights[place] for place in sample.facts))
        slope = count * probability * (1 - probability)
        for i in sample.facts:
            gradient[i] += count * (sample.overturned - probability)
            for j in sample.facts:
                hessian[i][j] += slope
    return gradient, hessian


def _held(weight: float, gradient: float, direction: int) -> bool:
    """Whether a weight stands at 0 and the letters pull it to the side where it may not go."""
    return direction != 0 and weight == 0 and gradient * direction <= 0


def solve(matrix: Matrix, vector: Sequence[float]) -> list[float]:
    """Solution of matrix · x = vector, by Gaussian elimination with pivoting."""
    size = len(vector)
    rows = [[*row, value] for row, value in zip(matrix, vector, strict=True)]
    for column in range(size):
        pivot = max(range(column, size), key=lambda index: abs(rows[index][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        for index in range(size):
            if index != column and rows[index][column]:
                factor = rows[index][column] / rows[column][column]
                rows[index] = [a - factor * b for a, b in zip(rows[index], rows[column], strict=True)]
    return [rows[index][size] / rows[index][index] for index in range(size)]


def inverse(matrix: Matrix) -> Matrix:
    """Inverse of a symmetric positive definite matrix, column by column."""
    size = len(matrix)
    columns = [solve(matrix, [1.0 if i == j else 0.0 for i in range(size)]) for j in range(size)]
    return [[columns[j][i] for j in range(size)] for i in range(size)]
