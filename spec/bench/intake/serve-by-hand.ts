import { createHash } from 'node:crypto';
import { createPool, type PoolConnection, type RowDataPacket } from 'mysql2/promise';
import { billingPeriodOf, businessDateOf, type ClosingGroup } from '../../../src/shared/calendar.rules.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { createIds } from '../../../src/shared/ids.ts';
import type { ApiContext } from '../../../src/api/api-context.ts';
import { bareStack, sampleAnswer } from './bare-stack.ts';
import { listen } from './listen.ts';
import { serverConfig, serverLog } from './server-settings.ts';

/**
 * One transaction a request, written by hand for this one request: prepared statements, the fewest that
 * leave the same rows behind. It checks only what the rows require.
 */
const config = serverConfig();
const url = new URL(config.databaseUrl);
const pool = createPool({
  user: decodeURIComponent(url.username),
  password: decodeURIComponent(url.password),
  database: url.pathname.slice(1),
  ...(url.searchParams.get('socketPath')
    ? { socketPath: url.searchParams.get('socketPath')! }
    : { host: url.hostname, port: Number(url.port || 3306) }),
  // More connections were no faster on two cores, fewer were slower.
  connectionLimit: 16,
  timezone: 'Z',
});
const ids = createIds(systemClock);
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

listen(bareStack({ config, log: serverLog() }, charge));

interface Body {
  readonly consent: string;
  readonly amount: number;
  readonly tax_code: string;
  readonly description: string;
  readonly reference: string;
}

async function charge(ctx: ApiContext): Promise<string> {
  const connection = await pool.getConnection();
  try {
    const companyId = await findCompany(connection, ctx.get('Authorization'));
    await connection.query('START TRANSACTION');
    const text = await capture(connection, { ctx, companyId, body: ctx.state.body as Body });
    await connection.query('COMMIT');
    return text;
  } catch (error) {
    await connection.query('ROLLBACK');
    throw error;
  } finally {
    connection.release();
  }
}

async function findCompany(connection: PoolConnection, authorization: string): Promise<number> {
  const [, id = '', secret = ''] = /^Bearer tbn_([^_]+)_(.+)$/.exec(authorization) ?? [];
  const row = await first(
    connection,
    'SELECT company_id, secret_hash FROM api_key WHERE id = ? AND revoked_at IS NULL',
    [id],
  );
  if (row['secret_hash'] !== sha256(secret)) throw new Error('a wrong key');
  return Number(row['company_id']);
}

async function capture(
  connection: PoolConnection,
  { ctx, companyId, body }: { ctx: ApiContext; companyId: number; body: Body },
): Promise<string> {
  const consentId = body.consent.slice(3);
  const terms = await first(
    connection,
    `SELECT a.service_id, a.subscriber_id, a.line_id, a.holder_from, l.closing_group, l.monthly_limit_minor, k.per_charge_max_minor
     FROM consent a JOIN line l ON l.line_id = a.line_id JOIN contract k ON k.company_id = a.company_id
     WHERE a.id = ? AND a.company_id = ? AND a.state = 'active'`,
    [consentId, companyId],
  );
  const now = systemClock.now();
  const date = businessDateOf(now, config.timeZone);
  const period = billingPeriodOf(date, terms['closing_group'] as ClosingGroup);
  await connection.execute(
    `INSERT INTO line_period (line_id, holder_from, period, closing_group, spent_minor) VALUES (?, ?, ?, ?, ?)
     ON DUPLICATE KEY UPDATE spent_minor = spent_minor + VALUES(spent_minor)`,
    [terms['line_id'], terms['holder_from'], period, terms['closing_group'], body.amount],
  );
  const spent = await first(
    connection,
    'SELECT spent_minor FROM line_period WHERE line_id = ? AND holder_from = ? AND period = ? FOR UPDATE',
    [terms['line_id'], terms['holder_from'], period],
  );
  if (Number(spent['spent_minor']) > Number(terms['monthly_limit_minor'] ?? config.lineMonthlyLimitMinor))
    throw new Error('above the limit');
  const id = ids.next();
  await connection.execute(
    `INSERT INTO charge (id, company_id, service_id, kind, state, amount_minor, captured_minor, tax_code, tax_rate_bps,
       description, reference, automatic_capture, subscriber_id, line_id, holder_from, consent_id, created_at, authorized_at,
       reserved_period, captured_at, business_date, billing_period, closing_group)
     VALUES (?, ?, ?, 'usage', 'captured', ?, ?, ?, 1000, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      id,
      companyId,
      terms['service_id'],
      body.amount,
      body.amount,
      body.tax_code,
      body.description,
      body.reference,
      terms['subscriber_id'],
      terms['line_id'],
      terms['holder_from'],
      consentId,
      now,
      now,
      period,
      now,
      date,
      period,
      terms['closing_group'],
    ],
  );
  await connection.execute(
    `INSERT INTO ledger_entry (business_date, journal_id, kind, debit_account, credit_account, amount_minor, billing_period)
     SELECT ?, ?, 'capture', d.id, c.id, ?, ? FROM ledger_account d JOIN ledger_account c ON c.code = ?
     WHERE d.code = 'subscriber-receivable'`,
    [date, id, body.amount, period, `company-payable:company-${companyId}`],
  );
  const text = sampleAnswer.replace('01JV0000000000000000000000', id);
  await connection.execute(
    'INSERT INTO idempotency_key (company_id, key_hash, request_hash, status, answer, created_at) VALUES (?, ?, ?, 201, ?, ?)',
    [companyId, sha256(ctx.get('Idempotency-Key')), sha256(JSON.stringify(body)), text, now],
  );
  return text;
}

async function first(connection: PoolConnection, sql: string, values: unknown[]): Promise<RowDataPacket> {
  const [[row]] = await connection.execute<RowDataPacket[]>(sql, values as never);
  if (!row) throw new Error(`no row: ${sql}`);
  return row;
}
