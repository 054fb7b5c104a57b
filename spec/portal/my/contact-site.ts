import { sql } from 'kysely';
import { sqlOf } from '../../../src/database/sql.ts';
import type { LineCheck } from '../../../src/radius/line-check.ts';
import type { PageClient } from '../../support/page-client.ts';
import { openMySite, type Person } from './my-site.ts';

/** The site of subscribers, whose people sign in on their line and have an address in the line master. */
export async function openContactSite(lineCheck?: LineCheck) {
  const site = await openMySite(lineCheck);
  const em = () => sqlOf(site.world.deps.orm.em.fork());
  return {
    ...site,
    async newLine(names: readonly string[]): Promise<Person[]> {
      const people = await site.newLine(names);
      const { lineId } = people[0]!.buyer;
      const email = 'hanako@holder.example';
      await em().updateTable('line_holder').set({ email }).where('lineId', '=', lineId).execute();
      return people;
    },
    /** A browser in which a person has signed in with a code, away from the line. */
    async signInElsewhere(person: Person): Promise<PageClient> {
      const client = await site.signIn(person);
      const { subscriberId } = person.buyer;
      await sql`UPDATE session SET content = JSON_REMOVE(JSON_SET(content, '$.byMailCode', TRUE), '$.lineProof')
        WHERE subscriber_id = ${subscriberId}`.execute(em());
      return client;
    },
  };
}

export type ContactSite = Awaited<ReturnType<typeof openContactSite>>;
