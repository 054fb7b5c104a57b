import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { checkEquation, evaluateEquation } from '../../src/explanations/evaluate-equation.rules.ts';
import { countOf, exact, money, rateOf, type Operand } from '../../src/explanations/figure-node.types.ts';
import { taxOn } from '../../src/shared/tax.rules.ts';

const operand = (sign: Operand['sign'], value: Operand['value']): Operand => ({
  sign,
  value,
  label: { name: 'fee' },
});

it('products bind before sums, and one floor comes last', () => {
  const operands = [operand('+', money(199n)), operand('×', rateOf(1_000)), operand('+', exact('0.05'))];
  assert.deepEqual(evaluateEquation({ operands, isFloored: true }, money(0n)), money(19n));
  assert.deepEqual(evaluateEquation({ operands }, money(0n)), exact('19.9500'));
});

const of = (total: bigint, lines: number) => [operand('+', money(total)), operand('÷', countOf(lines))];

it('an average is floored to the places it is shown with, and is zero without lines', () => {
  assert.deepEqual(
    evaluateEquation({ operands: of(200n, 3), isFloored: true }, exact('0.00')),
    exact('66.66'),
  );
  assert.deepEqual(
    evaluateEquation({ operands: of(-200n, 3), isFloored: true }, exact('0.00')),
    exact('-66.67'),
  );
  assert.deepEqual(
    evaluateEquation({ operands: of(200n, 0), isFloored: true }, exact('0.00')),
    exact('0.00'),
  );
});

it('comes to what the tax rule comes to, and says when it does not', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.integer({ min: 0, max: 10_000 }), (fee, bps) => {
      const operands = [operand('+', money(fee)), operand('×', rateOf(bps))];
      const tax = taxOn(fee, bps);
      assert.deepEqual(checkEquation(money(tax), { operands, isFloored: true }), { outcome: 'matches' });
      assert.deepEqual(checkEquation(money(tax + 1n), { operands, isFloored: true }), {
        outcome: 'differs',
        comesTo: money(tax),
      });
    }),
  );
});
