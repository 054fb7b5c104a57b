import { join } from 'node:path';
import { queryRows } from '../database/statement-pipeline.ts';
import type { Em } from '../database/orm.ts';
import { emOf, inTransaction } from '../database/transaction.ts';
import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import type { InvariantResult, OffendingRow } from '../invariants/invariant.types.ts';
import { compareFiles, compareKept, findBrokenLinks, findLostSeals } from './check-chain.rules.ts';
import { checkRows, type ReadSeal } from './check-rows.ts';
import { findUnexplainedChanges } from './check-states.ts';
import { readContent } from './seal-content.ts';
import { readSchema } from './row-text.ts';
import { auditEntries, sealedKinds } from './sealed-kinds.ts';
import { listSealFiles } from './seal-files.ts';
import { listSeals } from './seal.queries.ts';

/** The job whose runs take the seals. */
export const SEAL_JOB = 'seal-day';

export interface VerifyScope {
  /** Rows of earlier dates are not read; the chain is always verified as a whole. */
  readonly since?: string | undefined;
  /** Seals kept by an outsider: a name for people and the hash. */
  readonly kept?: readonly { readonly name: string; readonly hash: string }[];
  /** Whether rows that should be in a seal and are in none are findings. */
  readonly reportUnsealed?: boolean;
}

/** The number of this invariant in the design. */
const NUMBER = 14;

/**
 * Recomputes the seals: chain, files, rows, master data. Some 10 s for a million rows. Changes nothing; a finding is not
 * an exception. The result has the form of an invariant's.
 */
export async function verifySeals(
  deps: Deps,
  actor: Actor,
  scope: VerifyScope = {},
): Promise<InvariantResult> {
  authorize(actor, 'books:verify');
  const em = emOf(deps);
  const seals = await listSeals(em);
  const broken = findBrokenLinks(seals);
  const files = await listSealFiles(join(deps.config.filesDir, 'seals'));
  const found: Found[] = [
    ['each seal follows the one before it and says what its hash was made of', broken],
    ['the seals that runs took are in the chain', findLostSeals(seals, await listTaken(em))],
    ['the files of the seals are those of the chain', compareFiles(seals, files)],
    ['the seals that were kept are in the chain', compareKept(seals, scope.kept ?? [])],
  ];
  // The content of a broken seal is not compared.
  const distrusted = new Set(broken.map(({ seal }) => seal));
  const chain = seals
    .filter(({ number }) => !distrusted.has(number))
    .map((seal) => ({ seal, content: readContent(seal.content) }));
  const rows = await checkAllRows(deps, chain, scope);
  found.push(...rows.found);
  const offending = found.flatMap(([sentence, of]) => of.map((row) => ({ broken: sentence, ...row })));
  return {
    number: NUMBER,
    name: 'The seals recompute, and every row that should have a seal has one',
    holds: offending.length === 0,
    checked: seals.length + rows.checked,
    offendingCount: offending.length,
    offending: offending.slice(0, SHOWN),
  };
}

const SHOWN = 100;

/** A sentence that must hold, and the rows that break it. */
type Found = readonly [sentence: string, offending: readonly OffendingRow[]];

async function checkAllRows(
  deps: Deps,
  chain: readonly ReadSeal[],
  { since, reportUnsealed = true }: VerifyScope,
) {
  const sentence = 'what is sealed is as it was, and nothing was added';
  const scope = { chain, since, reportUnsealed, schema: await readSchema(emOf(deps)) };
  // Unsealed audit rows explain the changes after the newest seal, whatever `since` is.
  const sinceNewest = earlierOf(since, chain.at(-1)?.seal.businessDate);
  const audited = await inTransaction(
    deps,
    async ({ em }) => {
      const audit = await checkRows(em, { ...scope, since: sinceNewest, kind: auditEntries });
      const explained = { unsealedNouns: audit.unsealedNotes, since };
      return { audit, changes: await findUnexplainedChanges(em, chain, explained) };
    },
    { isolation: 'repeatable read' },
  );
  let { checked } = audited.audit;
  const found: Found[] = [
    ['a change of master data has its audit row', audited.changes],
    [sentence, audited.audit.offending],
  ];
  for (const kind of sealedKinds) {
    const result = await checkRows(emOf(deps), { ...scope, kind });
    checked += result.checked;
    found.push([sentence, result.offending]);
  }
  return { checked, found };
}

/** The seals that finished runs recorded: they remain if a seal is removed from the end of the chain. */
async function listTaken(em: Em): Promise<{ businessDate: string; hash: string }[]> {
  const rows = await queryRows<{ businessDate: string; hash: string | null }>(
    em,
    `SELECT business_date AS businessDate, JSON_VALUE(manifest, '$.facts.seal') AS hash FROM run
     WHERE job = ? AND part = '' AND state = 'finished'`,
    [SEAL_JOB],
  );
  return rows.flatMap(({ businessDate, hash }) => (hash === null ? [] : [{ businessDate, hash }]));
}

/** The earlier of two dates; undefined, for all dates, if no date is given. */
function earlierOf(since: string | undefined, newest: string | undefined): string | undefined {
  return since !== undefined && newest !== undefined && newest < since ? newest : since;
}
