import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Actor } from '../../src/access/actor.ts';
import { explainFigure } from '../../src/explanations/explain-figure.ts';
import {
  parseFigureAddress,
  writeFigureAddress,
  type FigureAddress,
} from '../../src/explanations/figure-address.rules.ts';
import type { FigureNode } from '../../src/explanations/figure-node.types.ts';
import { keyOf, staff, userOf } from '../support/actors.ts';
import { approveDrafts } from '../support/approve-settlements.ts';
import { makeExplainedWorld, settlementOf } from './explained-world.ts';

let at: Awaited<ReturnType<typeof makeExplainedWorld>>;
before(async () => void (at = await makeExplainedWorld()));
after(() => at.billed.close());

const billing = staff('hanako', 'billing');
const explain = (address: FigureAddress, actor: Actor = billing) =>
  explainFigure(at.billed.deps, actor, { address });
const ofFebruary = (figure: 'payout' | 'fee' | 'lines' | 'carried-in') =>
  ({ of: 'settlement', number: at.drafted, figure }) as const;

/** Every figure that is reached from one, by the text of its address. */
async function explainAll(from: FigureAddress, actor: Actor = billing): Promise<Map<string, FigureNode>> {
  const found = new Map<string, FigureNode>();
  const waiting = [from];
  for (let address = waiting.pop(); address; address = waiting.pop()) {
    const text = writeFigureAddress(address);
    if (found.has(text)) continue;
    const node = await explain(address, actor);
    found.set(text, node);
    const { operands = [], smaller } = node.equation ?? {};
    const below = [...operands, ...(smaller ? [smaller] : []), ...(node.further ?? [])];
    waiting.push(...below.flatMap((operand) => operand.address ?? []));
    waiting.push(...(node.rows?.rows ?? []).map((row) => row.address), ...node.path);
    const invoice = node.charge?.invoice?.address;
    if (invoice) waiting.push(invoice);
  }
  return found;
}

describe('a figure of a draft, before anybody has approved it', () => {
  it('is not found by its company', async () => {
    const owner = userOf(at.seller.companyId, 'owner');
    await assert.rejects(explain(ofFebruary('payout'), owner), { code: 'settlement-not-found' });
  });

  it('that does not add up says so, and what it comes to', async () => {
    const { billed, drafted } = at;
    const change = (by: number) =>
      billed.rows(
        'UPDATE settlement SET fee_ex_tax_minor = fee_ex_tax_minor + ?, carried_out_minor = carried_out_minor - IF(payout_minor = 0, ?, 0), payout_minor = payout_minor - IF(payout_minor > 0, ?, 0) WHERE number = ?',
        [by, by, by, drafted],
      );
    await change(1);
    const { check } = await explain(ofFebruary('fee'));
    await change(-1);
    assert.equal(check.outcome, 'differs');
    assert.deepEqual((await explain(ofFebruary('fee'))).check, { outcome: 'matches' });
  });
});

describe('the figures of a settlement', () => {
  let nodes: Map<string, FigureNode>;
  before(async () => {
    await approveDrafts(at.billed.deps);
    const ofOther = await settlementOf(at.billed, at.other, '2026-02');
    const january = await settlementOf(at.billed, at.seller, '2026-01');
    nodes = new Map([
      ...(await explainAll({ of: 'settlement', number: january, figure: 'payout' })),
      ...(await explainAll({ of: 'settlement', number: ofOther, figure: 'payout' })),
      ...(await explainAll(ofFebruary('payout'))),
    ]);
  });

  it('all add up, down to charges, refunds, clawbacks and invoices', () => {
    const wrong = [...nodes].filter(([, { check }]) => check.outcome === 'differs');
    assert.deepEqual(
      wrong.map(([address]) => address),
      [],
    );
    const unchecked = [...nodes.values()].filter(({ check }) => check.outcome === 'unchecked');
    assert.ok(unchecked.every(({ check }) => check.outcome === 'unchecked' && check.why === 'given'));
    const kinds = new Set([...nodes.values()].map(({ label }) => label.name));
    for (const kind of [
      'payout',
      'service',
      'line',
      'fee',
      'fee-percent',
      'fee-band',
      'fee-minimum',
      'fee-tax',
      'set-up',
      'set-up-tax',
      'clawback',
      'clawbacks-of',
      'refunds-of',
      'total',
      'lines',
      'captured',
      'invoice',
      'supplier',
      'invoice-tax',
    ] as const)
      assert.ok(kinds.has(kind), `${kind} is reached`);
  });

  it('have addresses that are read as they are written, and no other text is one', () => {
    for (const text of nodes.keys()) assert.equal(writeFigureAddress(parseFigureAddress(text)!), text);
    for (const text of [
      '',
      'settlement',
      'settlement/S202605-000123',
      'settlement/S202605-000123/all',
      'charge/x/captured',
      'settlement/S202605-000123/line.7.1.standard.1000.charge',
      'settlement/S202605-000123/fee/more',
      'settlement/S202605-000123/line.5.1.standard.1000.refund',
      'invoice/202605-31-0000001/tax.other.standard.1000',
    ])
      assert.equal(parseFigureAddress(text), undefined, text);
  });

  it('name charges that were refunded whole in their own month, and refunds with the month of their charges', () => {
    const rows = [...nodes.values()].flatMap(({ label, rows: own }) =>
      label.name === 'line' ? own!.rows : [],
    );
    assert.deepEqual(
      rows.filter(({ isNeverBilled }) => isNeverBilled).map(({ amountMinor }) => amountMinor),
      [805n],
    );
    const refunds = rows.filter(({ kind }) => kind !== 'charge');
    assert.deepEqual(
      refunds
        .map(({ kind, amountMinor, originalPeriod }) => `${kind} ${amountMinor} ${originalPeriod}`)
        .sort(),
      ['bank -200 2026-01', 'refund -500 2026-01', 'refund -805 2026-02'],
    );
  });

  it('explain the fee by its tariff in a sentence, and N by the lines that do not count', async () => {
    const { rule, equation } = await explain(ofFebruary('fee'));
    assert.equal(rule.tariff?.code, 'flets-2012');
    assert.match(rule.sentence!.ja, /1回線あたりの平均額/);
    assert.equal(equation?.isFloored, true);
    const lines = await explain(ofFebruary('lines'));
    assert.deepEqual(
      lines.equation?.operands.map(({ value }) => value),
      [
        { unit: 'count', count: 6 },
        { unit: 'count', count: 1 },
      ],
    );
  });

  it('name the run that drafted them', async () => {
    const { run } = await explain(ofFebruary('payout'));
    assert.equal(run?.job, 'settle-companies');
    assert.equal(run?.businessDate, '2026-03-25');
  });

  it('carry in what the month before carried out', async () => {
    const january = await settlementOf(at.billed, at.seller, '2026-01');
    const node = await explain({ of: 'settlement', number: january, figure: 'carried-in' });
    assert.deepEqual(node.check, { outcome: 'matches' });
  });
});

describe('a charge', () => {
  it('shows the carrier’s people what was confirmed, where and by whom', async () => {
    const { charge, run } = await explain({ of: 'charge', id: at.february[0]!, figure: 'captured' });
    const { buyer, provenBy } = charge!.confirmation!;
    assert.equal(provenBy, 'password');
    assert.deepEqual(
      [buyer?.lineId, buyer?.address, buyer?.aaaServer, buyer?.aaaAnswer],
      [at.lines[0], '192.0.2.10', 'aaa-1.example:1812', 'accept'],
    );
    assert.equal(run?.job, 'fold-charges');
    assert.match(charge!.invoice!.number!, /^202602-10-/);
  });

  it('of other people is not found, and nobody without the right asks', async () => {
    const id = at.february[0]!;
    const address = { of: 'charge', id, figure: 'captured' } as const;
    await assert.rejects(explain(address, userOf(at.other.companyId, 'owner')), { code: 'charge-not-found' });
    await assert.rejects(explain(address, userOf(at.seller.companyId, 'partner')), {
      code: 'permission-denied',
    });
  });
});

describe('a company', () => {
  it('reaches everything of its own settlement, and no line, issued ID, address or invoice of a buyer', async () => {
    const owner = userOf(at.seller.companyId, 'finance');
    const nodes = await explainAll(ofFebruary('payout'), owner);
    assert.ok(nodes.size > 25, `${nodes.size} figures`);
    const told = JSON.stringify([...nodes.values()], (_, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    for (const secret of [...at.lines, '192.0.2.10', 'aaa-1.example', '保有者'])
      assert.ok(!told.includes(secret), secret);
    assert.ok(told.includes('"provenBy":"password"'));
  });

  it('does not find the settlement of another, nor any line invoice', async () => {
    const stranger = userOf(at.other.companyId, 'owner');
    await assert.rejects(explain(ofFebruary('payout'), stranger), { code: 'settlement-not-found' });
    const invoice = { of: 'invoice', number: '202602-10-0000001', figure: 'total' } as const;
    await assert.rejects(explain(invoice, stranger), { code: 'permission-denied' });
    await assert.rejects(explain(ofFebruary('payout'), keyOf(at.seller.companyId)), {
      code: 'api-key-scope-missing',
    });
  });
});
