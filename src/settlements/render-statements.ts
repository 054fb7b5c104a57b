import type { Deps } from '../deps.ts';
import { emOf, type InTransaction } from '../database/transaction.ts';
import { sqlOf } from '../database/sql.ts';
import type { RunHandle } from '../runs/run-handle.ts';
import { atOnce } from '../shared/at-once.ts';
import { reasonOf } from '../shared/reason.ts';
import { hasStatementFile, openStatementsDir, statementFileName } from './statement-file.ts';
import { StatementThreads } from './statement-threads.ts';
import { getStatement } from './statement.queries.ts';

const SETTLEMENTS_PER_PAGE = 500;
/** Statements whose end one commit of the run tells. Of a night that is cut off, the next finds the files. */
const RECORDED_TOGETHER = 25;

/**
 * Renders the statement PDF of every approved settlement that has none, into `statements/COMPANY-PERIOD.pdf`
 * below the folder of files. A statement that is there is not touched; one that cannot be rendered is
 * parked and tried again in the next night.
 *
 * Memory: at most four threads, about 100 MiB each for its fonts and three statements of which it holds a page, and
 * 1,000 rows read ahead for each of these; however many companies there are, and however long their statements.
 */
export async function renderStatements(
  deps: Deps,
  run: RunHandle,
): Promise<Readonly<Record<string, unknown>>> {
  const dir = await openStatementsDir(deps.config.filesDir);
  const missing = streamMissing(deps, run, dir);
  let [rendered, pages] = [0, 0];
  const threads = new StatementThreads();
  try {
    const work = (settlement: UnrenderedSettlement) => render(deps, { threads, dir }, settlement);
    for await (const outcomes of inGroups(atOnce(missing, StatementThreads.atOnce, work))) {
      const { done } = await run.inChunk((tx) => record(tx, run, outcomes));
      rendered += done;
      pages += outcomes.reduce((sum, outcome) => sum + outcome.pages, 0);
    }
  } finally {
    await threads.close();
  }
  if (rendered > 0) run.say(`${rendered} statements of ${pages} pages in ${dir}`);
  return { rendered, pages };
}

/** A commit for every statement would wait for the disk as often as the statement itself does. */
async function* inGroups(settled: AsyncIterable<readonly Rendering[]>): AsyncGenerator<readonly Rendering[]> {
  let group: Rendering[] = [];
  for await (const outcomes of settled) {
    group.push(...outcomes);
    if (group.length < RECORDED_TOGETHER) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

async function record(tx: InTransaction<Deps>, run: RunHandle, outcomes: readonly Rendering[]) {
  const parked = outcomes.filter((outcome) => outcome.reason !== undefined);
  for (const { subject, reason = '' } of parked) await run.park(tx, { subject, reason });
  return { done: outcomes.length - parked.length, parked: parked.length };
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

async function render(
  deps: Deps,
  { threads, dir }: { readonly threads: StatementThreads; readonly dir: string },
  settlement: UnrenderedSettlement,
): Promise<Rendering> {
  const { id, code, billingPeriod } = settlement;
  const subject = `${billingPeriod}/${code}`;
  try {
    const name = statementFileName(code, billingPeriod);
    const { pages } = await threads.write({ dir, name }, await getStatement(deps, id));
    return { subject, pages };
  } catch (error) {
    deps.log.error({ err: error, settlement: id }, 'a statement could not be rendered');
    return { subject, pages: 0, reason: reasonOf(error) };
  }
}

/** Settlements without a file along the key of company and period, announced page by page: one page is in memory. */
async function* streamMissing(deps: Deps, run: RunHandle, dir: string): AsyncGenerator<UnrenderedSettlement> {
  let after: UnrenderedSettlement | undefined;
  do {
    const page = await findPage(deps, after);
    const present = await Promise.all(page.map((settlement) => hasStatementFile(dir, settlement)));
    const missing = page.filter((_, index) => !present[index]);
    run.expect(missing.length);
    yield* missing;
    after = page.length === SETTLEMENTS_PER_PAGE ? page.at(-1) : undefined;
  } while (after);
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
