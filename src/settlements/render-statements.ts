import type { Deps } from '../deps.ts';
import { emOf } from '../database/transaction.ts';
import { sqlOf } from '../database/sql.ts';
import type { RunHandle } from '../runs/run-handle.ts';
import { reasonOf } from '../shared/reason.ts';
import {
  listStatementFiles,
  statementFileName,
  statementsDir,
  writeStatementFile,
} from './statement-file.ts';
import { getStatement } from './statement.queries.ts';

/** Drawing is bound to one core; the second statement is read and written meanwhile. */
const STATEMENTS_AT_ONCE = 2;
const SETTLEMENTS_PER_PAGE = 500;

/**
 * Renders the statement PDF of every approved settlement that has none, into `statements/COMPANY-PERIOD.pdf`
 * below the folder of files. A statement that is there is not touched; one that cannot be rendered is
 * parked and tried again in the next night.
 */
export async function renderStatements(
  deps: Deps,
  run: RunHandle,
): Promise<Readonly<Record<string, unknown>>> {
  const dir = statementsDir(deps.config.filesDir);
  const present = await listStatementFiles(dir);
  let [rendered, pages] = [0, 0];
  for await (const batch of streamMissing(deps, present)) {
    run.expect(batch.length);
    const outcomes = await Promise.all(batch.map((settlement) => render(deps, dir, settlement)));
    await run.inChunk(async (tx) => {
      const parked = outcomes.filter((outcome) => outcome.reason !== undefined);
      for (const { subject, reason = '' } of parked) await run.park(tx, { subject, reason });
      return { done: outcomes.length - parked.length, parked: parked.length };
    });
    rendered += outcomes.filter((outcome) => outcome.reason === undefined).length;
    pages += outcomes.reduce((sum, outcome) => sum + outcome.pages, 0);
  }
  if (rendered > 0) run.say(`${rendered} statements of ${pages} pages in ${dir}`);
  return { rendered, pages };
}

interface UnrenderedSettlement {
  readonly id: string;
  readonly companyId: number;
  readonly billingPeriod: string;
  readonly code: string;
}

interface Rendering {
  readonly subject: string;
  readonly pages: number;
  readonly reason?: string;
}

async function render(deps: Deps, dir: string, settlement: UnrenderedSettlement): Promise<Rendering> {
  const { id, code, billingPeriod } = settlement;
  const subject = `${billingPeriod}/${code}`;
  try {
    const name = statementFileName(code, billingPeriod);
    const { pages } = await writeStatementFile({ dir, name }, await getStatement(deps, id));
    return { subject, pages };
  } catch (error) {
    deps.log.error({ err: error, settlement: id }, 'a statement could not be rendered');
    return { subject, pages: 0, reason: reasonOf(error) };
  }
}

/** Settlements without a file, a few at a time, along the key of company and period. */
async function* streamMissing(
  deps: Deps,
  present: ReadonlySet<string>,
): AsyncGenerator<UnrenderedSettlement[]> {
  let batch: UnrenderedSettlement[] = [];
  let after: UnrenderedSettlement | undefined;
  do {
    const page = await findPage(deps, after);
    for (const settlement of page) {
      if (present.has(`${settlement.code}-${settlement.billingPeriod}.pdf`)) continue;
      batch.push(settlement);
      if (batch.length < STATEMENTS_AT_ONCE) continue;
      yield batch;
      batch = [];
    }
    after = page.length === SETTLEMENTS_PER_PAGE ? page.at(-1) : undefined;
  } while (after);
  if (batch.length > 0) yield batch;
}

function findPage(deps: Deps, after: UnrenderedSettlement | undefined): Promise<UnrenderedSettlement[]> {
  return sqlOf(emOf(deps))
    .selectFrom('settlement as s')
    .innerJoin('company as c', 'c.id', 's.companyId')
    .select(['s.id', 's.companyId', 's.billingPeriod', 'c.code'])
    .where('s.state', '<>', 'draft')
    .$if(after !== undefined, (query) =>
      query.where(({ eb, or, and }) =>
        or([
          eb('s.companyId', '>', after!.companyId),
          and([eb('s.companyId', '=', after!.companyId), eb('s.billingPeriod', '>', after!.billingPeriod)]),
        ]),
      ),
    )
    .orderBy('s.companyId')
    .orderBy('s.billingPeriod')
    .limit(SETTLEMENTS_PER_PAGE)
    .execute();
}
