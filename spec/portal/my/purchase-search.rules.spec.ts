import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isSearching, readSearch, type SearchQuery } from '../../../src/portal/my/purchase-search.rules.ts';
import { publicId } from '../../../src/shared/public-id.rules.ts';

const ID = '01JV0000000000000000000000';

describe('a search of purchases', () => {
  const read: readonly (readonly [string, SearchQuery, object])[] = [
    ['takes a text without the blanks around it', { text: ' 映画　' }, { text: '映画' }],
    [
      'takes dates as people write them',
      { from: '２０２６年５月１日', to: '2026/6/3' },
      { from: '2026-05-01', to: '2026-06-03' },
    ],
    [
      'takes amounts in any width',
      { min: '１，０００円', max: '¥2,000' },
      { minMinor: 1_000n, maxMinor: 2_000n },
    ],
    ['takes a person by number', { person: '7' }, { personId: 7 }],
    ['finds nobody by anything else', { person: '7 OR 1=1' }, {}],
  ];
  for (const [what, query, filter] of read)
    it(what, () => {
      const search = readSearch(query);
      assert.deepEqual(
        Object.fromEntries(Object.entries(search.filter).filter(([, value]) => value !== undefined)),
        filter,
      );
      assert.deepEqual(search.faults, []);
    });

  it('reports what is no date and no amount by its field, and searches by the rest', () => {
    const search = readSearch({ text: '映画', from: '2026-02-30', min: 'many' });
    assert.deepEqual(
      search.faults.map(({ field, key }) => [field, key]),
      [
        ['from', 'kit.fault.date'],
        ['min', 'kit.fault.money'],
      ],
    );
    assert.deepEqual(
      [search.filter.text, search.filter.from, search.filter.minMinor],
      ['映画', undefined, undefined],
    );
  });

  it('continues after an identifier, and begins at the top after anything else', () => {
    assert.equal(readSearch({ after: publicId('charge', ID) }).after, ID);
    assert.equal(readSearch({ after: "' OR 1=1" }).after, undefined);
  });

  it('knows whether anything is searched for', () => {
    assert.deepEqual([isSearching(readSearch({})), isSearching(readSearch({ company: 'a' }))], [false, true]);
  });
});
