import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { problemTextKey } from '../../../src/portal/kit/form-state.ts';
import { problems, type ProblemCode } from '../../../src/shared/problem.ts';

const BILLING = join(import.meta.dirname, '..', '..', '..', 'src', 'portal', 'billing');

/**
 * Refusals that no form of billing shows: the router answers them, or the address names nothing, or it is told to a
 * company's people alone (the carrier's may give a key all scopes).
 */
const ELSEWHERE = new Set<ProblemCode>([
  'permission-denied',
  'step-up-required',
  'invariant-broken',
  'scope-not-held',
]);
/** Shown at their fields, each with a text of the field. */
const AT_FIELDS = new Set<ProblemCode>(['invalid-request']);

/** The use cases that the forms of an area import. */
function listUseCases(): Set<string> {
  const files = readdirSync(BILLING, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(BILLING, file))
    .filter((file) => /defineForm|defineUploadForm|defineRevealingForm/.test(readFileSync(file, 'utf8')));
  assert.ok(files.length >= 10);
  const imported = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/from '((?:\.\.\/)+(?!kit|messages)[^']+\.ts)'/g)].map(
      ([, path]) => join(dirname(file), path!),
    ),
  );
  return new Set(imported.filter((path) => !path.includes('/portal/') && existsSync(path)));
}

/** The codes of problems that the documentation of a use case names. */
function codesOf(path: string): ProblemCode[] {
  const thrown = [...readFileSync(path, 'utf8').matchAll(/@throws Problem([\s\S]*?)\*\//g)].flatMap(
    ([, text = '']) => [...text.matchAll(/`([a-z-]+)`/g)].map(([, code = '']) => code),
  );
  return thrown.filter((code): code is ProblemCode => Object.hasOwn(problems, code));
}

describe('what a use case refuses', () => {
  it('is said on the pages of billing in words of its own, in both languages, for every form', () => {
    const codes = new Set([...listUseCases()].flatMap(codesOf));
    assert.ok(codes.size > 20, `${codes.size} codes`);
    const shown = [...codes].filter(
      (code) => problems[code].status !== 404 && !ELSEWHERE.has(code) && !AT_FIELDS.has(code),
    );
    const general = shown.filter((code) => {
      const key = problemTextKey({ code, status: problems[code].status, facts: {} }, 'billing.problem');
      return !key.endsWith(`.${code}`);
    });
    assert.deepEqual(general, [], 'problems with the text of their status alone');
  });
});
