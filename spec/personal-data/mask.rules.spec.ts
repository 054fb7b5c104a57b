import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  maskHolder,
  maskMail,
  maskName,
  maskPlace,
  maskTelephone,
} from '../../src/personal-data/mask.rules.ts';
import { findUnusual } from '../../src/personal-data/reveal.rules.ts';
import { HOLDER } from '../portal/support/support-world.ts';

describe('masks of personal data', () => {
  for (const [mask, shown, masked] of [
    [maskName, '山田 太郎', '山＊＊＊ 太＊＊＊'],
    [maskName, '山田太郎', '山＊＊＊'],
    [maskName, '林 葵', '＊＊＊ ＊＊＊'],
    [maskName, 'Taro Yamada', 'T＊＊＊ Y＊＊＊'],
    [maskMail, 'taro@mail.example.jp', 't＊＊＊@＊＊＊.jp'],
    [maskMail, 't@example.jp', '＊＊＊@＊＊＊.jp'],
    [maskTelephone, '+81312345678', '＊＊＊ 5678'],
    [maskPlace, '東京都千代田区1-1', '東京都＊＊＊'],
    [maskPlace, '神奈川県横浜市1-1', '神奈川県＊＊＊'],
    [maskPlace, '1-1 Chiyoda', '＊＊＊'],
  ] as const)
    it(`shows ${shown} as ${masked}`, () => assert.equal(mask(shown), masked));

  it('leaves nothing whole of what is known of a holder, and nothing where nothing is known', () => {
    const masked = maskHolder({ ...HOLDER, building: null });
    for (const [field, text] of Object.entries(HOLDER))
      assert.notEqual(masked[field as keyof typeof masked], text);
    assert.equal(masked.building, null);
  });
});

const counts = (...tenures: number[]) =>
  tenures.map((count, at) => ({ actor: `staff:${at}`, tenures: count, searches: 0 }));

describe('who looked at unusually many', () => {
  for (const [what, given, unusual] of [
    ['nobody among few', counts(30, 2, 1), []],
    ['one far above the others', counts(31, 10, 9), [31]],
    ['one of two', counts(40, 5), [40]],
    ['nobody where all look at many', counts(60, 55, 50), []],
    ['one person alone by the number', counts(31), [31]],
    ['nobody on a day without any', [], []],
  ] as const)
    it(`names ${what}`, () =>
      assert.deepEqual(
        findUnusual(given).map(({ tenures }) => tenures),
        unusual,
      ));

  for (const [what, given, unusual] of [
    ['nobody for a day of calls', [100, 40, 20], []],
    ['who searches far more than the others', [101, 30, 20], ['staff:0']],
    ['nobody where all search often', [160, 150, 120], []],
    ['one who searches and looks at nothing, beside one who only looks', [101, 0], ['staff:0']],
  ] as const)
    it(`names ${what}`, () =>
      assert.deepEqual(
        findUnusual(
          given.map((searches, at) => ({ actor: `staff:${at}`, tenures: searches === 0 ? 20 : 0, searches })),
        ).map(({ actor }) => actor),
        unusual,
      ));
});
