import { emOf } from '../database/transaction.ts';
import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import { TariffSchema, type Tariff } from './tariff.entity.ts';
import { Problem } from '../shared/problem.ts';

/** All versions of all tariffs, by code and day. */
export async function listTariffs(deps: Deps, actor: Actor): Promise<Tariff[]> {
  authorize(actor, 'tariffs:read');
  return await emOf(deps).findAll(TariffSchema, { orderBy: { code: 'asc', validFrom: 'asc' } });
}

/** All versions of a tariff, by day, for who was allowed to read a contract that names it. */
export async function listVersionsOf(deps: Deps, code: string): Promise<Tariff[]> {
  return await emOf(deps).find(TariffSchema, { code }, { orderBy: { validFrom: 'asc' } });
}

/** The version of a tariff in force on a date. @throws Problem `tariff-not-found` */
export async function getTariffOn(
  deps: Deps,
  actor: Actor,
  { code, date }: { code: string; date: string },
): Promise<Tariff> {
  authorize(actor, 'tariffs:read');
  const held = { code, validFrom: { $lte: date } };
  const tariff = await emOf(deps).findOne(TariffSchema, held, { orderBy: { validFrom: 'desc' } });
  if (!tariff) throw new Problem('tariff-not-found', { detail: `There is no tariff ${code} on ${date}.` });
  return tariff;
}
