import { sqlOf } from '../../../src/database/sql.ts';
import { issueSubscriber } from '../../../src/identity/issue-subscriber.ts';
import { hashPassword } from '../../../src/identity/passwords.ts';
import type { LineCheck } from '../../../src/radius/line-check.ts';
import type { Buyer } from '../../../src/lines/entitlement.queries.ts';
import { openCheckoutSite, PASSWORD, ScriptedLineCheck } from '../../support/checkout-site.ts';
import { staff } from '../../support/actors.ts';
import { makeConsent, makeLine } from '../../support/factories.ts';
import { formToken, PageClient } from '../../support/page-client.ts';
import { selling, type Member } from '../../purchases/household.ts';

/** A person of the line who can sign in. */
export interface Person extends Member {
  readonly issuedId: string;
}

/** The service with a company that sells, and a line with people who sign in to their own pages. */
export async function openMySite(lineCheck: LineCheck = new ScriptedLineCheck()) {
  const site = await openCheckoutSite(lineCheck);
  const { deps } = site.world;
  const sql = sqlOf(deps.orm.em.fork());
  const service = await sql
    .selectFrom('service')
    .select('id')
    .where('code', '=', site.seller.serviceCode)
    .executeTakeFirstOrThrow();
  const seller = { companyId: site.seller.companyId, serviceId: service.id };
  const passwordHash = await hashPassword(PASSWORD);
  /** A person with an ID on a line, of its holder of today, who can sign in and has a consent to uses. */
  async function addPerson(line: Pick<Buyer, 'lineId' | 'holderFrom'>, displayName: string): Promise<Person> {
    const { lineId, holderFrom } = line;
    const { subscriber } = await issueSubscriber(deps, staff(), { lineId, displayName });
    const { id, issuedId } = subscriber;
    await sql.updateTable('subscriber').set({ passwordHash }).where('id', '=', id).execute();
    const consent = await makeConsent(deps, { ...seller, lineId, holderFrom, subscriberId: id });
    return { issuedId, consentId: consent.id, buyer: { lineId, holderFrom, subscriberId: id } };
  }
  /** A line whose first person holds its contract. */
  async function newLine(names: readonly string[]): Promise<Person[]> {
    const line = await makeLine(deps, { holder: { holder: '東西 花子' } });
    const people: Person[] = [];
    for (const displayName of names) people.push(await addPerson(line, displayName));
    return people;
  }
  return {
    ...site,
    service,
    addPerson,
    newLine,
    ...selling(deps, { ...site.seller, returnUrl: `${site.shopOrigin}/` }),
    /** A browser in which a person has signed in. */
    async signIn({ issuedId }: Person, headers?: Readonly<Record<string, string>>): Promise<PageClient> {
      const client = new PageClient(headers);
      const address = `${site.origin}/my/sign-in`;
      const { text } = await client.get(address);
      const fields = { form_token: formToken(text), issuedId, password: PASSWORD };
      const reply = await client.post(address, fields);
      if (reply.status !== 303) throw new Error(`the sign-in was answered with ${reply.status}`);
      return client;
    },
  };
}

export type MySite = Awaited<ReturnType<typeof openMySite>>;
