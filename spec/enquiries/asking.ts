import type { SubscriberActor } from '../../src/access/actor.ts';
import { sqlOf } from '../../src/database/sql.ts';
import type { Deps } from '../../src/deps.ts';
import type { PurchaseRef } from '../../src/purchases/purchase-subject.types.ts';
import { signedIn } from '../support/actors.ts';
import { makeSale, makeSubscriber } from '../support/factories.ts';
import { readMailsOf } from '../support/mailbox.ts';

/** Somebody who has bought, on a line whose holder has an address, and a purchase to ask about. */
export async function makeAsker(deps: Deps) {
  const sale = await makeSale(deps);
  await sqlOf(deps.orm.em.fork())
    .updateTable('line_holder')
    .set({ email: 'hanako@holder.example' })
    .where('lineId', '=', sale.line.lineId)
    .execute();
  const purchase: PurchaseRef = { kind: 'consent', id: sale.consent.id };
  return { sale, purchase, asker: signedIn(sale.buyer) };
}

export type Asker = Awaited<ReturnType<typeof makeAsker>>;

/** Another person on the same line. */
export async function makeSibling(deps: Deps, { sale }: Asker, isHolder: boolean): Promise<SubscriberActor> {
  const { id } = await makeSubscriber(deps, { lineId: sale.line.lineId, slot: 2 });
  return signedIn({ ...sale.buyer, subscriberId: id }, { isHolder });
}

/** The token of the newest mail to a company. */
export async function newestToken(deps: Deps): Promise<string> {
  const mail = (await readMailsOf(deps, 'company-message')).at(-1);
  return new URL(mail!.facts.reply).pathname.replace('/answers/', '');
}
