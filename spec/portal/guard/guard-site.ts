import { createHash, randomUUID } from 'node:crypto';
import { reportPurchase } from '../../../src/cases/report-purchase.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import { writeEnquiry } from '../../../src/enquiries/write-enquiry.ts';
import type { PageSession } from '../../../src/identity/page-session.ts';
import { passkeyRef } from '../../../src/identity/passkeys.ts';
import { credentialMark, findById } from '../../../src/identity/subscriber.queries.ts';
import { createPaymentRequest } from '../../../src/payment-requests/create-payment-request.ts';
import { publicId } from '../../../src/shared/public-id.rules.ts';
import { changeHolder } from '../../purchases/change-holder.ts';
import { asMember, runNight } from '../../purchases/household.ts';
import { keyOf } from '../../support/actors.ts';
import { newestToken } from '../../enquiries/asking.ts';
import { PageClient } from '../../support/page-client.ts';
import { openContactSite, type ContactSite } from '../my/contact-site.ts';
import type { Person } from '../my/my-site.ts';
import { checksumsOf } from './checksums.ts';
import { openers, type Opener } from './role-matrix.ts';

/** In June: a line has gone to another holder, and the purchases of May are on an invoice. */
const MOVED = new Date('2026-05-20T09:00:00+09:00');
const JUNE = new Date('2026-06-01T00:10:00+09:00');

/** A browser and the token of its session, if it has one. */
export interface Visitor {
  readonly client: PageClient;
  readonly token: string | undefined;
}

/** One world for all pages: a line with its holder and another person who buys, and a stranger who buys on another line. */
export async function openGuardSite() {
  const site = await openContactSite();
  const [holder, taro] = (await site.newLine(['花子', '太郎'])) as [Person, Person];
  const [former] = (await site.newLine(['前の契約者'])) as [Person];
  const [stranger] = (await site.newLine(['他人'])) as [Person];
  const charges = [await site.use(taro, 1_100n), await site.use(stranger, 1_100n)] as const;
  const before = await makeSubjects(site, former, await site.use(former, 900n));
  site.world.clock.set(MOVED);
  await changeHolder(site.world.deps, former.buyer.lineId, '2026-05-20');
  site.world.clock.set(JUNE);
  await runNight(site.world.deps, '2026-05-31');
  const own = await makeSubjects(site, taro, charges[0]);
  const answer = await newestToken(site.world.deps);
  const other = await makeSubjects(site, stranger, charges[1]);
  const [, , checkout = '', seal = ''] = new URL((await site.newCharge()).url).pathname.split('/');
  const ids: Record<string, string> = {
    ...own,
    answer,
    checkout,
    seal,
    'other-seal': 'x'.repeat(seal.length),
  };
  for (const [name, id] of Object.entries(other)) ids[`other-${name}`] = id;
  const idsOf = (who: Opener) => (who === 'former-line-holder' ? { ...ids, ...before } : ids);
  const people: Readonly<Partial<Record<Opener, Person>>> = {
    subscriber: taro,
    'subscriber-elsewhere': taro,
    'line-holder': holder,
    'line-holder-elsewhere': holder,
    stranger,
    'former-line-holder': former,
  };
  /** A browser in which somebody has just signed in, or nobody. */
  async function newVisitor(who: Opener): Promise<Visitor> {
    const person = people[who];
    return person
      ? signIn(site, person, !who.endsWith('elsewhere') && !who.startsWith('former'))
      : { client: new PageClient(), token: undefined };
  }
  const visitors = new Map<Opener, Visitor>();
  for (const who of openers) visitors.set(who, await newVisitor(who));
  return {
    ...site,
    newVisitor,
    visitorOf: (who: Opener) => visitors.get(who)!,
    /** The address of a row, with the identifiers of this world; those of the former holder are of their own time. */
    addressOf(path: string, who: Opener = 'nobody'): string {
      const known: Readonly<Record<string, string>> = idsOf(who);
      return site.origin + path.replaceAll(/\{([\w-]+)\}/g, (_, name: string) => known[name] ?? `no-${name}`);
    },
    checksums: () => checksumsOf(site.world),
  };
}

export type GuardSite = Awaited<ReturnType<typeof openGuardSite>>;

/** A token of the same length that is not the given one. */
export const otherThan = (token: string): string => (token.startsWith('A') ? 'B' : 'A') + token.slice(1);

/** Everything of a person that an address can name. */
async function makeSubjects(site: ContactSite, person: Person, charge: string) {
  const { deps } = site.world;
  const subscription = await site.subscribe(person, { itemCode: `item-${person.buyer.subscriberId}` });
  const purchase = { kind: 'charge', id: charge } as const;
  const asker = asMember(person);
  const enquiry = await writeEnquiry(deps, asker, { purchase, topic: 'usage', text: 'It does not play.' });
  const passkey = await addPasskey(site.world, person.buyer.subscriberId);
  const { number } = await reportPurchase(deps, asker, { purchase });
  const request = await createPaymentRequest(deps, keyOf(site.seller.companyId), {
    serviceCode: site.seller.serviceCode,
    amountMinor: 1_800n,
    taxCode: 'standard',
    description: '出張設定サポート',
    toKind: 'line',
    to: person.buyer.lineId,
  });
  return {
    request: publicId('payment-request', request.id),
    purchase: publicId('charge', charge),
    subscription: publicId('subscription', subscription),
    consent: publicId('consent', person.consentId),
    enquiry: publicId('enquiry', enquiry.id),
    case: number,
    person: String(person.buyer.subscriberId),
    passkey,
  };
}

/** A passkey of a person that nobody has the key of; what its addresses name it. */
async function addPasskey({ deps }: ContactSite['world'], ownerId: number): Promise<string> {
  const credentialId = `passkey-of-${ownerId}`;
  const how = { publicKey: '', counter: 0, transports: 'internal', isSynced: true, lastUsedAt: null };
  await sqlOf(deps.orm.em.fork())
    .insertInto('passkey')
    .values({
      credentialId,
      ownerKind: 'subscriber',
      ownerId,
      ...how,
      label: 'Phone',
      createdAt: deps.clock.now(),
    })
    .execute();
  return passkeyRef(credentialId);
}

/** A browser with a session that is written to the table: without a password, which takes a while to check. */
async function signIn(
  { world: { deps } }: ContactSite,
  { buyer }: Person,
  isOnLine: boolean,
): Promise<Visitor> {
  const now = deps.clock.now();
  const [key, token] = [randomUUID(), randomUUID()];
  const { id, lineId, ...subscriber } = (await findById(deps, buyer.subscriberId))!;
  const [address, server] = ['127.0.0.1', '127.0.0.1:1812'];
  const proof = { checkout: '', lineId, address, server, provenAt: now.getTime() };
  const content: PageSession = {
    startedAt: now.getTime(),
    formToken: token,
    subscriberId: id,
    credential: credentialMark(subscriber),
    provenBy: 'password',
    provenAt: now.getTime(),
    ...(isOnLine ? { lineProof: proof } : { byMailCode: true }),
  };
  await sqlOf(deps.orm.em.fork())
    .insertInto('session')
    .values({
      idHash: createHash('sha256').update(key).digest('hex'),
      content: content as never,
      expiresAt: new Date(now.getTime() + 30 * 60_000),
      audience: 'subscriber',
      subscriberId: id,
      accountId: null,
      createdAt: now,
      lastSeenAt: now,
      address,
      userAgent: 'guard',
    })
    .execute();
  const client = new PageClient();
  client.cookies.set('tabane.session', key);
  return { client, token };
}
