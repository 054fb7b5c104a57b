import { sqlOf } from '../database/sql.ts';
import { emOf, type Database } from '../database/transaction.ts';

/** How mails name what is sold and who sells it, in both languages. */
export interface Goods {
  readonly company: { readonly ja: string; readonly en: string };
  readonly service: { readonly ja: string; readonly en: string };
  /** How subscribers reach the seller: its telephone number, once the service has one. */
  readonly sellerContact: string | null;
}

/** The names of services and their companies, by service. */
export async function findGoods(
  deps: Database,
  serviceIds: readonly number[],
): Promise<ReadonlyMap<number, Goods>> {
  if (serviceIds.length === 0) return new Map();
  const rows = await sqlOf(emOf(deps))
    .selectFrom('service as s')
    .innerJoin('company as c', 'c.id', 's.companyId')
    .select(['s.id', 's.name', 's.nameEn', 's.sellerTelephone', 'c.name as company', 'c.nameEn as companyEn'])
    .where('s.id', 'in', [...new Set(serviceIds)])
    .execute();
  return new Map(
    rows.map(({ id, name, nameEn, sellerTelephone, company, companyEn }) => [
      id,
      {
        company: { ja: company, en: companyEn },
        service: { ja: name, en: nameEn },
        sellerContact: sellerTelephone,
      },
    ]),
  );
}

/** The names of one service and its company. */
export async function getGoods(deps: Database, serviceId: number): Promise<Goods> {
  const goods = (await findGoods(deps, [serviceId])).get(serviceId);
  if (!goods) throw new Error(`no service ${serviceId}`);
  return goods;
}
