import { sql } from 'kysely';
import { sqlOf } from '../../../src/database/sql.ts';
import { localDate } from '../shadow/calendar.ts';
import { describeSettlement, Figures, type Scope } from '../shadow/figures.ts';
import { chargeWords } from './charge-words.ts';
import { addCollection } from './collection-figures.ts';
import { addInvoices } from './invoice-figures.ts';
import { addPayouts } from './payout-figures.ts';
import { addRefunds } from './refund-figures.ts';
import { rows, type Minor } from './rows.ts';
import type { Service } from './service.ts';

/** All figures of the service's database in the terms of the simulation: the counterpart of `listExpected`. */
export async function listFound(service: Service, scope: Scope): Promise<Figures> {
  const figures = new Figures();
  await nameMonthlyCharges(service);
  await addCharges(figures, service, scope);
  await addRefunds(figures, service, scope);
  await addCollection(figures, service);
  await addInvoices(figures, service, scope);
  await addSettlements(figures, service);
  await addPayouts(figures, service);
  await addSubscriptions(figures, service);
  await addBalances(figures, service);
  const spent = await rows<{ line_id: string; holder_from: string; period: string; spent: Minor }>(
    service,
    sql`SELECT line_id, holder_from, period, spent_minor AS spent FROM line_period WHERE period >= ${scope.sincePeriod}`,
  );
  for (const row of spent)
    figures.set(`booked ${row.line_id} ${row.holder_from} ${row.period}`, `${Number(row.spent)}`);
  const held = await rows<{ line_id: string; holder_from: string; held: Minor }>(
    service,
    sql`SELECT line_id, holder_from, held_minor AS held FROM tenure_hold WHERE held_minor <> 0`,
  );
  for (const row of held) figures.set(`held ${row.line_id} ${row.holder_from}`, `${Number(row.held)}`);
  return figures;
}

/** Nights create monthly charges, which get their name from subscription and month. */
export async function nameMonthlyCharges(service: Service): Promise<void> {
  const { charges, subscriptions } = service.names;
  const found = await rows<{ id: string; subscription_id: string; month: string }>(
    service,
    sql`SELECT id, subscription_id, subscription_month AS month FROM charge
      WHERE subscription_id IS NOT NULL AND id > ${service.names.lastMonthlyCharge} ORDER BY id`,
  );
  for (const { id, subscription_id, month } of found) {
    charges.set(`${subscriptions.nameOf(subscription_id)} ${month}`, id);
    service.names.lastMonthlyCharge = id;
  }
}

async function addCharges(figures: Figures, service: Service, { sinceMs }: Scope): Promise<void> {
  const charges = await sqlOf(service.deps.orm.em.fork())
    .selectFrom('charge')
    .select([
      'id',
      'state',
      'capturedMinor',
      'capturedAt',
      'businessDate',
      'billingPeriod',
      'closingGroup',
      'taxRateBps',
      'late',
      'endedBy',
    ])
    .where('createdAt', '>=', new Date(sinceMs))
    .execute();
  for (const charge of charges) {
    const name = service.names.charges.nameOf(charge.id);
    figures.set(`charge ${name}`, chargeWords(charge));
    if (charge.endedBy !== null) figures.set(`ended ${name}`, charge.endedBy);
    if (charge.capturedAt)
      figures.set(`captured ${name}`, localDate(charge.capturedAt.getTime(), service.deps.config.timeZone));
  }
}

async function addSettlements(figures: Figures, service: Service): Promise<void> {
  const settlements = await sqlOf(service.deps.orm.em.fork()).selectFrom('settlement').selectAll().execute();
  for (const one of settlements) {
    const key = `settlement ${service.names.companies.nameOf(one.companyId)} ${one.billingPeriod}`;
    const figuresOfOne = {
      state: one.state,
      held: one.heldReason !== null,
      revision: one.revision,
      billed: Number(one.billedMinor),
      refunded: Number(one.refundedMinor),
      lines: one.lineCount,
      items: one.itemCount,
      tariff: one.tariffCode,
      branch: one.feeBranch,
      fee: Number(one.feeExTaxMinor),
      tax: Number(one.feeTaxMinor),
      clawback: Number(one.clawbackMinor),
      recovery: Number(one.recoveryMinor),
      setUp: Number(one.setUpExTaxMinor),
      setUpTax: Number(one.setUpTaxMinor),
      transferFee: Number(one.transferFeeMinor),
      carriedIn: Number(one.carriedInMinor),
      payout: Number(one.payoutMinor),
      carriedOut: Number(one.carriedOutMinor),
      payoutOn: one.payoutOn,
    };
    figures.set(key, describeSettlement(figuresOfOne));
  }
}

async function addSubscriptions(figures: Figures, service: Service): Promise<void> {
  const { names } = service;
  const query = sqlOf(service.deps.orm.em.fork());
  const all = await query
    .selectFrom('subscription')
    .select(['id', 'state', 'joinedOn', 'leftOn', 'renewedThrough'])
    .execute();
  for (const { id, state, joinedOn, leftOn, renewedThrough } of all)
    figures.set(
      `subscription ${names.subscriptions.nameOf(id)}`,
      `${state} ${joinedOn} ${leftOn} ${renewedThrough}`,
    );
  const months = await query.selectFrom('subscription_month').selectAll().execute();
  for (const { subscriberId, serviceId, itemCode, month, outcome } of months) {
    const who = `${names.subscribers.nameOf(subscriberId)}|${names.services.nameOf(serviceId)}`;
    figures.set(`month ${who}|${itemCode}|${month}`, outcome);
  }
  for (const { id, state } of await query.selectFrom('consent').select(['id', 'state']).execute())
    figures.set(`consent ${names.consents.nameOf(id)}`, state);
}

async function addBalances(figures: Figures, service: Service): Promise<void> {
  const balances = await rows<{ code: string; balance: string }>(
    service,
    sql`SELECT a.code, SUM(IF(e.credit_account = a.id, e.amount_minor, -e.amount_minor)) AS balance
      FROM ledger_account a JOIN ledger_entry e ON a.id IN (e.credit_account, e.debit_account) GROUP BY a.id, a.code`,
  );
  for (const { code, balance } of balances)
    if (Number(balance) !== 0) figures.set(`balance ${code}`, `${Number(balance)}`);
}
