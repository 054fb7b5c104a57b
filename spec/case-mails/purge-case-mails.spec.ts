import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { purgeCaseMails } from '../../src/case-mails/purge-case-mails.ts';
import { receiveMail } from '../../src/case-mails/receive-mail.ts';
import { getCase } from '../../src/cases/case.queries.ts';
import { closeCase } from '../../src/cases/close-case.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { purgePersonSearches } from '../../src/personal-data/purge-person-searches.ts';
import { recordPersonSearch } from '../../src/personal-data/record-person-search.ts';
import { job, staff } from '../support/actors.ts';
import { createWorld, type World } from '../support/world.ts';

const DAY_MS = 24 * 3_600_000;
const agent = staff('aoi', 'agent');

describe('the purge of the support centre', () => {
  let world: World;
  let start: number;
  before(async () => {
    world = await createWorld();
    start = world.clock.now().getTime();
  });
  after(() => world.close());

  const after400Days = (ms: number) => world.clock.set(new Date(start + 400 * DAY_MS + ms));
  const mailed = async (id: string) => {
    await receiveMail(world.deps, job('receive-case-mails'), {
      from: 'somebody@else.example',
      isAutomatic: false,
      messageHash: id.padStart(64, '0'),
      caseNumber: undefined,
      subject: 'お尋ね',
      text: `本文 ${id}`,
      attachments: ['写真.jpg'],
    });
    const rows = sqlOf(world.deps.orm.em.fork()).selectFrom('case_mail').select('caseNumber');
    return (await rows.where('messageHash', '=', id.padStart(64, '0')).executeTakeFirstOrThrow()).caseNumber;
  };
  const left = async () => {
    const rows = await sqlOf(world.deps.orm.em.fork())
      .selectFrom('case_mail')
      .select('caseNumber')
      .orderBy('caseNumber')
      .execute();
    return rows.map(({ caseNumber }) => caseNumber);
  };

  it('removes the mails of cases that closed 400 days ago, and keeps their words in the history', async () => {
    const [closed, open, closedLater] = [await mailed('1'), await mailed('2'), await mailed('3')];
    await closeCase(world.deps, agent, { number: closed, outcome: 'explained' });
    world.clock.advance(DAY_MS);
    await closeCase(world.deps, agent, { number: closedLater, outcome: 'explained' });
    after400Days(-1);
    assert.equal(await purgeCaseMails(world.deps), 0);
    after400Days(0);
    assert.equal(await purgeCaseMails(world.deps), 1);
    assert.equal(await purgeCaseMails(world.deps), 0);
    assert.deepEqual(await left(), [open, closedLater]);
    const { history } = await getCase(world.deps, agent, closed);
    assert.match(JSON.stringify(history), /本文 1/);
    after400Days(DAY_MS);
    assert.equal(await purgeCaseMails(world.deps), 1);
    assert.deepEqual(await left(), [open]);
  });

  it('removes the records of searches for people after 400 days', async () => {
    const search = { kind: 'name', foundCount: 1 } as const;
    world.clock.set(new Date(start));
    await recordPersonSearch(world.deps, 'staff:aoi', search);
    world.clock.advance(1);
    await recordPersonSearch(world.deps, 'staff:aoi', search);
    after400Days(0);
    assert.equal(await purgePersonSearches(world.deps), 1);
    assert.equal(await purgePersonSearches(world.deps), 0);
  });
});
