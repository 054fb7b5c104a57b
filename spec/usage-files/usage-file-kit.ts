import { Buffer } from 'node:buffer';
import { acceptUsageFile, storeContent } from '../../src/usage-files/receive-usage-file.ts';
import { chargeUsageFiles } from '../../src/usage-files/charge-usage-files.ts';
import { getUsageFile, openUsageFileResult } from '../../src/usage-files/usage-file.queries.ts';
import { sqlOf } from '../../src/database/sql.ts';
import type { Deps } from '../../src/deps.ts';
import { job, keyOf } from '../support/actors.ts';
import { makeConsent, makeLine, makeSubscriber, type makeSale } from '../support/factories.ts';

export const HEAD = 'consent,amount,tax_code,description,reference,item_key';

/** A usage file as text, with its first line. */
export const fileOf = (...rows: readonly string[]): string => `${[HEAD, ...rows].join('\n')}\n`;

/** A row under a consent. */
export const rowOf = (
  consent: string,
  {
    amount = 100,
    reference = '',
    itemKey = '',
  }: { amount?: number; reference?: string; itemKey?: string } = {},
): string => `cs_${consent},${amount},standard,楽曲1曲,${reference},${itemKey}`;

type Sale = Awaited<ReturnType<typeof makeSale>>;

/** Sends a text as a file of a company. */
export async function send(deps: Deps, companyId: number, text: string | Buffer, isPartial = false) {
  const bytes = Buffer.from(text);
  const content = await storeContent(deps, keyOf(companyId), pieces(bytes));
  return await acceptUsageFile(deps, keyOf(companyId), { content, isPartial });
}

async function* pieces(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let from = 0; from < bytes.length; from += 65_536) yield bytes.subarray(from, from + 65_536);
}

/** Works on all files until none waits. */
export const work = (deps: Deps) => chargeUsageFiles(deps, job('charge-usage-files'));

/** Sends a file, works on it, and returns it with its result. */
export async function charge(deps: Deps, companyId: number, text: string | Buffer, isPartial = false) {
  const { file } = await send(deps, companyId, text, isPartial);
  await work(deps);
  return await outcomeOf(deps, companyId, file.id);
}

/** A file and the rows of its result, as `row outcome problem`. */
export async function outcomeOf(deps: Deps, companyId: number, id: string) {
  const file = await getUsageFile(deps, keyOf(companyId), id);
  const { body } = await openUsageFileResult(deps, keyOf(companyId), id);
  let text = '';
  for await (const piece of body as AsyncIterable<Buffer>) text += String(piece);
  const lines = text.trim().split('\n').slice(1, -1);
  const rows = lines.map((line) => {
    const [row, , , outcome, , problem] = line.split(',');
    return [row, outcome, problem].filter((word) => word !== '').join(' ');
  });
  return { file, rows, text };
}

/** More consents of a company, each on a line of its own. */
export async function makeConsents(deps: Deps, { company, service }: Sale, count: number): Promise<string[]> {
  const made: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const { lineId } = await makeLine(deps);
    const { id: subscriberId } = await makeSubscriber(deps, { lineId });
    const of = { companyId: company.id, serviceId: service.id, subscriberId, lineId };
    made.push((await makeConsent(deps, of)).id);
  }
  return made;
}

/** What a company's charges come to. */
export async function sumCharged(
  deps: Deps,
  companyId: number,
): Promise<readonly [count: number, minor: number]> {
  const row = await sqlOf(deps.orm.em.fork())
    .selectFrom('charge')
    .select(({ fn }) => [fn.countAll().as('count'), fn.sum('capturedMinor').as('minor')])
    .where('companyId', '=', companyId)
    .executeTakeFirstOrThrow();
  return [Number(row.count), Number(row.minor ?? 0)];
}

/** What is held for files, in the table of tenures and behind it. */
export async function sumHolds(deps: Deps): Promise<readonly [held: number, rows: number]> {
  const sql = sqlOf(deps.orm.em.fork());
  const held = await sql
    .selectFrom('tenure_hold')
    .select(({ fn }) => fn.sum('heldMinor').as('minor'))
    .executeTakeFirstOrThrow();
  const rows = await sql
    .selectFrom('usage_hold')
    .select(({ fn }) => fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  return [Number(held.minor ?? 0), Number(rows.count)];
}
