import { join } from 'node:path';
import type { Deps } from '../deps.ts';
import { emOf, type InTransaction } from '../database/transaction.ts';
import { sqlOf } from '../database/sql.ts';
import type { RunHandle } from '../runs/run-handle.ts';
import { mapConcurrently } from '../shared/map-concurrently.ts';
import { hashFile } from '../shared/durable-file.ts';
import { reasonOf } from '../shared/reason.ts';
import { DocumentThreads } from '../rendering/document-threads.ts';
import { statementDocument } from '../rendering/printed-document.ts';
import { keptCompanyCode } from '../settlements/settlement-document.ts';
import { hasStatementFile, openStatementsDir, statementFileName } from './statement-file.ts';
import { recordIssue } from './statement-issue.ts';
import { getStatement } from './statement.queries.ts';

const SETTLEMENTS_PER_PAGE = 500;
/** Statements recorded by one commit of the run. A run that is interrupted finds the files of the others. */
const RECORDED_TOGETHER = 25;

/**
 * Renders the statement PDF of every approved settlement that has none, into `statements/COMPANY-PERIOD.pdf`
 * below `FILES_DIR`, and stores its checksum: from then on it is issued. An issued statement whose file exists is
 * left alone; a missing file is written again, to the same bytes. One that cannot be rendered is parked and
 * tried again the next night.
 *
 * Memory does not depend on the number of companies or the length of their statements: at most four threads of about
 * 100 MiB, each with its fonts and one page of three statements, and 1,000 rows read ahead for each statement.
 */
export async function renderStatements(
  deps: Deps,
  run: RunHandle,
): Promise<Readonly<Record<string, unknown>>> {
  const dir = await openStatementsDir(deps.config.filesDir);
  const missing = streamMissing(deps, run, dir);
  let [rendered, pages] = [0, 0];
  const threads = new DocumentThreads();
  try {
    const work = (settlement: UnrenderedSettlement) => render(deps, { threads, dir }, settlement);
    for await (const outcomes of inGroups(mapConcurrently(missing, DocumentThreads.mapConcurrently, work))) {
      const { done } = await run.inChunk((tx) => record(tx, run, outcomes));
      rendered += done;
      pages += outcomes.reduce((sum, outcome) => sum + outcome.pages, 0);
    }
  } finally {
    await threads.close();
  }
  if (rendered > 0) run.report(`${rendered} statements of ${pages} pages in ${dir}`);
  return { rendered, pages };
}

/** Committing each statement by itself would wait for the disk as often as writing it. */
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
  for (const { settlement, checksum } of outcomes) {
    if (checksum === undefined || settlement.checksum !== null) continue;
    // Statements of older releases were sent by other means.
    const file = settlement.adopted
      ? undefined
      : statementFileName(settlement.code, settlement.billingPeriod);
    await recordIssue(tx, { ...settlement, ...(file !== undefined && { file }) }, checksum);
  }
  for (const { subject, reason = '' } of parked) await run.park(tx, { subject, reason });
  return { done: outcomes.length - parked.length, parked: parked.length };
}

interface UnrenderedSettlement {
  readonly id: string;
  readonly number: string;
  readonly companyId: number;
  readonly billingPeriod: string;
  /** Of the company, as kept with the settlement. */
  readonly code: string;
  /** Of the statement that was issued; null when none was. */
  readonly checksum: string | null;
  /** True for settlements of older releases, which kept no checksum. */
  readonly adopted: boolean;
}

interface Rendering {
  readonly settlement: UnrenderedSettlement;
  readonly subject: string;
  readonly pages: number;
  readonly checksum?: string;
  readonly reason?: string;
}

async function render(
  deps: Deps,
  { threads, dir }: { readonly threads: DocumentThreads; readonly dir: string },
  settlement: UnrenderedSettlement,
): Promise<Rendering> {
  const { id, code, billingPeriod } = settlement;
  const subject = `${billingPeriod}/${code}`;
  try {
    const name = statementFileName(code, billingPeriod);
    // Of older releases: the file that the company was sent is the statement, however it would be drawn now.
    if (settlement.adopted && settlement.checksum === null && (await hasStatementFile(dir, settlement)))
      return { settlement, subject, pages: 0, checksum: await hashFile(join(dir, name)) };
    const file = { dir, name, expected: settlement.checksum ?? undefined };
    const document = statementDocument(await getStatement(deps, id));
    return { settlement, subject, ...(await threads.write(file, document)) };
  } catch (error) {
    deps.log.error({ err: error, settlement: id }, 'a statement could not be rendered');
    return { settlement, subject, pages: 0, reason: reasonOf(error) };
  }
}

/** Settlements without a file or a checksum, in the order of company and period; announced page by page, one page in memory. */
async function* streamMissing(deps: Deps, run: RunHandle, dir: string): AsyncGenerator<UnrenderedSettlement> {
  let after: UnrenderedSettlement | undefined;
  do {
    const page = await findPage(deps, after);
    const present = await Promise.all(page.map((settlement) => hasStatementFile(dir, settlement)));
    const missing = page.filter(({ checksum }, index) => checksum === null || !present[index]);
    run.announce(missing.length);
    yield* missing;
    after = page.length === SETTLEMENTS_PER_PAGE ? page.at(-1) : undefined;
  } while (after);
}

async function findPage(
  deps: Deps,
  after: UnrenderedSettlement | undefined,
): Promise<UnrenderedSettlement[]> {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('settlement as s')
    .innerJoin('company as c', 'c.id', 's.companyId')
    .leftJoin('settlement_document as d', 'd.settlementId', 's.id')
    .leftJoin('statement_file as f', 'f.settlementId', 's.id')
    .select(['s.id', 's.number', 's.companyId', 's.billingPeriod', 'd.adopted', 'f.checksum'])
    .select(({ ref }) => keptCompanyCode(ref('d.content'), ref('c.code')).as('code'))
    .where('s.state', 'in', ['approved', 'paid'])
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
  return rows.map(({ adopted, ...row }) => ({ ...row, adopted: Boolean(adopted) }));
}
