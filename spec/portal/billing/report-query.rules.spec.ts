import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  readReport,
  reportHref,
  scopeOf,
  writeCursor,
} from '../../../src/portal/billing/reports/report-query.rules.ts';

const read = (query: Parameters<typeof readReport>[0]) => readReport(query, '2026-05');

describe('the address of a report', () => {
  it('without words: sales of the last 13 months by company', () => {
    const { report, grain, from, through, by, compare } = read({});
    assert.deepEqual(
      [report, grain, from, through, by, compare],
      ['sales', 'month', '2025-05', '2026-05', 'company', undefined],
    );
  });

  it('of days: those of one month, and of three at most', () => {
    assert.equal(scopeOf(read({ grain: 'day' })).from, '2026-05-01');
    assert.equal(scopeOf(read({ grain: 'day' })).through, '2026-05-31');
    assert.equal(read({ grain: 'day', from: '2026-03' }).from, '2026-03');
    assert.equal(read({ grain: 'day', from: '2026-01' }).from, '2026-05', 'too long');
    assert.equal(read({ from: '2020-01' }).from, '2025-05', 'more than three years');
    assert.equal(read({ from: '2026-06' }).from, '2025-05', 'begins after its end');
  });

  it('knows what a report is divided by: closing groups are of billing months', () => {
    assert.equal(read({ by: 'group' }).by, 'company');
    assert.equal(read({ by: 'group', grain: 'period' }).by, 'group');
    assert.equal(read({ report: 'fees', by: 'service' }).by, 'company');
    assert.equal(read({ report: 'fees' }).grain, 'period');
    assert.deepEqual(
      [read({ report: 'collection', company: 'a' }).by, read({ report: 'collection', company: 'a' }).company],
      ['time', undefined],
    );
  });

  it('says the same when it is written and read again, without the page that is left', () => {
    const choice = read({
      report: 'losses',
      grain: 'period',
      by: 'tariff',
      compare: 'last-year',
      company: 'aoba',
      after: '500~flets-2011',
    });
    assert.deepEqual(choice.after, { sum: 500n, key: 'flets-2011' });
    const again = Object.fromEntries(new URL(reportHref(choice), 'http://x').searchParams);
    assert.deepEqual(read(again), { ...choice, after: undefined });
    const later = reportHref(choice, { after: writeCursor({ sum: -7n, key: '12' }) });
    assert.deepEqual(read(Object.fromEntries(new URL(later, 'http://x').searchParams)).after, {
      sum: -7n,
      key: '12',
    });
    assert.equal(read({ after: "1~' OR 1" }).after, undefined);
  });
});
