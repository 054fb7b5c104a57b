import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

/** Names that were replaced by the term of the field. As a whole word they occur nowhere, neither in a text nor in a path. */
const replaced = `
  effects-together effectsTogether JoinedEffect takeAll takeNotAnswered takeEffectOnce stored-answers AnsweredMeanwhile
  stillRunning work-together furtherBatch askTogether one-ahead assertMove held-work held-run held-part while-held WorkOver
  SharedStep help-run lookAtParts assertGoesOn isKnownGone period-lanes enterPeriods shutLanes Surroundings letGo goesOn
  countUnfolded unfolded Wish MonthWish HistoryWish PasswordWish leaveSubscription agreeConsent endConsent   getSeller addSpend takeBackSpend memoUndone endedEntry assertSameBooks assert-same-books beginBooks order-statement converse
  statement-thread row-run RUN_ROWS readRowRun writeRowRun found-companies found-service admit-subscribers newest-of
  aliasedMinor known-error word-refusal tellRefusal patienceMs settleAttempt isOutgrown SchemaBehind LyingServer lying-server`
  .trim()
  .split(/\s+/);

/** Names that stay where they are stored or shown: where, and why. */
const exceptions: Readonly<Record<string, { readonly only: RegExp; readonly why: string }>> = {
  'forget-expired': {
    only: /^CHANGELOG\.md$/,
    why: 'the note that tells its new name: nights that are recorded under the former one count as done',
  },
  renewedThrough: {
    only: /^(src|batch\/demo|spec)\//,
    why: 'the column renewed_through: a rename would cost a migration without a gain',
  },
};

/** Ordinary words that were names of functions and types: they may be used, but not be declared. */
const notDeclared = [
  'Standing',
  'LoopStanding',
  'NightStanding',
  'JobStanding',
  'Seller',
  'hear',
  'unhandled',
  'walk',
  'expect',
];

const root = join(import.meta.dirname, '..', '..');
const patterns = ['*.ts', '*.mjs', '*.sh', '*.eta', '*.yaml', '*.json', '*.md'];
const files = execFileSync('git', ['ls-files', ...patterns], { cwd: root, encoding: 'utf8' })
  .trim()
  .split('\n')
  .filter((file) => !file.startsWith('migrations/') && file !== 'spec/structure/names.spec.ts')
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));

/** Each occurrence of a pattern, as `file: what was found`. */
function find(pattern: RegExp): { readonly file: string; readonly name: string }[] {
  return files.flatMap(({ file, text }) =>
    [...`${file}\n${text}`.matchAll(pattern)].map(([, name]) => ({ file, name: name! })),
  );
}

const asWords = (names: readonly string[]) => new RegExp(`(?<![\\w-])(${names.join('|')})(?![\\w-])`, 'g');

describe('names', () => {
  it('of old are replaced everywhere', () => {
    assert.ok(files.length > 1_000);
    assert.deepEqual(find(asWords(replaced)), []);
  });

  for (const [name, { only, why }] of Object.entries(exceptions)) {
    it(`of old that stay have their reason: ${name}, ${why}`, () => {
      assert.deepEqual(
        find(asWords([name])).filter(({ file }) => !only.test(file)),
        [],
      );
    });
  }

  it('of functions and types are no ordinary words that explain nothing', () => {
    const words = notDeclared.join('|');
    const declared = find(
      new RegExp(`\\b(?:function\\*?|const|let|class|interface|type) (${words})\\b`, 'g'),
    );
    assert.deepEqual(declared, []);
  });

  it('and texts are plain technical English, without the words that made readers stop', () => {
    const stopped = /\b(whoever|anew|goes on|takes? leave|is owed to|wish(?:es|ed)?|stands? in)\b/gi;
    assert.deepEqual(find(stopped), []);
    assert.deepEqual(find(/(\(ours\))\.?(?: \*\/)?$/gm), []);
  });

  it('of limits are MAX and TIMEOUT', () => {
    assert.deepEqual(find(/\b((?:MOST|LONGEST)_[A-Z_]+|[A-Z_]+_PATIENCE(?:_MS)?)\b/g), []);
  });
});
