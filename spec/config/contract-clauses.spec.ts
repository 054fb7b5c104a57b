import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { parseConfig } from '../../config/config.ts';
import { readContractClauses } from '../../config/contract-clauses.ts';

const folder = mkdtempSync(join(tmpdir(), 'tabane-clauses-'));
after(() => rmSync(folder, { recursive: true }));

function fileOf(content: unknown): string {
  const path = join(folder, 'clauses.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const clause = { title: '目的', titleEn: 'Purpose', text: '甲と乙の契約です。', textEn: 'Between both.' };

describe('the clauses of contract documents', () => {
  it('are built in for both legal models', () => {
    const read = readContractClauses(undefined);
    assert.ok('clauses' in read);
    for (const model of ['agency', 'assignment'])
      assert.ok(read.clauses.some(({ legalModel }) => legalModel === model));
  });

  it('are those of a file instead, in its order', () => {
    const clauses = [clause, { ...clause, title: '譲渡', legalModel: 'assignment' }];
    const config = parseConfig({ CONTRACT_CLAUSES: fileOf(clauses) });
    assert.deepEqual(config.contractClauses, clauses);
  });

  const faults: readonly (readonly [string, unknown, RegExp])[] = [
    ['no JSON', '[', /is no JSON/],
    ['no list', clause, /must have a list/],
    ['an empty list', [], /must have a list/],
    ['a text for a clause', ['x'], /clause 1 must be an object/],
    ['a missing text', [clause, { ...clause, textEn: '' }], /clause 2 needs textEn/],
    ['a line break', [{ ...clause, text: 'a\nb' }], /clause 1 needs text/],
    ['another model', [{ ...clause, legalModel: 'lease' }], /neither agency nor assignment/],
    ['a misspelt member', [{ ...clause, legalmodel: 'agency' }], /has legalmodel/],
  ];
  for (const [name, content, expected] of faults) {
    it(`stop the start with ${name}`, () => {
      const CONTRACT_CLAUSES = fileOf(content);
      assert.throws(() => parseConfig({ CONTRACT_CLAUSES }), expected);
    });
  }

  it('stop the start when the file is not there', () => {
    assert.throws(() => parseConfig({ CONTRACT_CLAUSES: join(folder, 'none.json') }), /readable file/);
  });
});
