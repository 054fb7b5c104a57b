import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Deps } from '../../src/deps.ts';
import { describeResult } from '../../src/invariants/check-invariants-job.ts';
import { checkInvariants } from '../../src/invariants/check-invariants.ts';
import type { InvariantResult } from '../../src/invariants/invariant.types.ts';
import { sha256 } from '../../src/seals/seal-content.ts';
import { listSealFiles } from '../../src/seals/seal-files.ts';
import { verifySeals } from '../../src/seals/verify-seals.ts';
import { formatCount } from '../../src/shared/money.ts';
import { Problem } from '../../src/shared/problem.ts';
import { defineCommand, type CommandResult, type Command, type CommandContext } from '../cli/command.ts';
import { date, flag, optional, text, type ValuesOf } from '../cli/options.ts';

const options = {
  invariants: flag('whether all figures agree, and no seals unless --seals is given too'),
  seals: flag('whether the seals recompute, and no invariants unless --invariants is given too'),
  since: optional(date, 'read sealed rows of this date and later only; the chain is read whole'),
  kept: optional(text('FILE'), 'a seal that was kept elsewhere: its file, a folder of them, or its hash'),
};

/** Commands that prove what holds for the database at this moment. */
export const verifyCommands: readonly Command[] = [
  defineCommand({
    name: 'verify',
    summary:
      'prove that all figures of all months agree and that nothing sealed was changed; changes nothing',
    changes: false,
    options,
    example: '--kept /media/auditor/seals',
    run: verify,
  }),
  defineCommand({
    name: 'books check',
    summary: 'the former name of verify',
    changes: false,
    options,
    example: '',
    run: verify,
  }),
];

async function verify(
  deps: Deps,
  { invariants, seals, since, kept }: ValuesOf<typeof options>,
  { actor }: CommandContext,
): Promise<CommandResult> {
  const all = !invariants && !seals;
  const results: InvariantResult[] = [];
  const keptSeals = kept === undefined ? [] : await readKept(kept);
  if (all || invariants) results.push(...(await checkInvariants(deps, actor)));
  if (all || seals || kept !== undefined) {
    results.push(await verifySeals(deps, actor, { since, kept: keptSeals }));
  }
  const broken = results.filter(({ holds }) => !holds);
  if (broken.length > 0) {
    const code = broken.every(({ number }) => number === SEALS) ? 'seal-broken' : 'invariant-broken';
    throw new Problem(code, { detail: broken.flatMap(describeResult).join('\n') });
  }
  results.sort((a, b) => a.number - b.number);
  return {
    list: results.map(({ number, checked, name, holds }) => ({ number, name, checked, holds })),
    shown: results.map(({ number, checked, name }) => ({ invariant: number, whatHolds: name, checked })),
    none: 'Nothing was checked.',
    notes: summarise(results, keptSeals.length),
  };
}

function summarise(results: readonly InvariantResult[], keptCount: number): string[] {
  const checked = results.reduce((sum, result) => sum + result.checked, 0);
  const held = `${results.length === 1 ? 'It holds' : `All ${results.length} hold`}, after ${formatCount(checked)} checks.`;
  if (keptCount === 0) return [held];
  const seals = keptCount === 1 ? '1 kept seal was' : `${formatCount(keptCount)} kept seals were`;
  return [held, `${seals} compared: all of them are in the chain.`];
}

const SEALS = 14;

/** A seal is known by the hash of its file, so the file is enough, whatever it is called now. */
async function readKept(kept: string): Promise<{ name: string; hash: string }[]> {
  if (/^[0-9a-f]{64}$/i.test(kept)) return [{ name: 'as typed', hash: kept.toLowerCase() }];
  if ((await stat(kept)).isDirectory()) return await keptInFolder(kept);
  return [{ name: basename(kept), hash: sha256(await readFile(kept, 'utf8')) }];
}

async function keptInFolder(folder: string): Promise<{ name: string; hash: string }[]> {
  const files = await listSealFiles(folder);
  if (files.length > 0) return files;
  throw new Problem('invalid-request', {
    detail: `--kept ${folder} holds no seals: files that end with .json`,
  });
}
