import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { getApproval } from '../../src/access/approvals/approval.queries.ts';
import { approveChange } from '../../src/access/approvals/decide-approval.ts';
import { proposeChange } from '../../src/access/approvals/propose-change.ts';
import { approvalKinds } from '../../src/approval-kinds.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { checkInvariants } from '../../src/invariants/check-invariants.ts';
import type { Deps } from '../../src/deps.ts';
import { addTariff } from '../../src/tariffs/add-tariff.ts';
import type { AddTariff } from '../../src/tariffs/add-version.ts';
import { tariffApproval } from '../../src/tariffs/tariff-approval.ts';
import { typeCommand } from '../batch/admin/type-command.ts';
import { tamper } from '../invariants/tamper.ts';
import { makeCompany, makeContract } from '../support/factories.ts';
import { hanako, jiro, person } from '../support/people.ts';
import { createWorld, type World } from '../support/world.ts';

const definition = { monthlyBaseMinor: 0, percentBps: 500, perLineMinimumMinor: 0, bands: [] };
const reason = 'agreed on 1 May';
const typed = (line: string, to: Deps) => typeCommand(to, line.split(' '));

describe('the next version of a tariff', () => {
  let world: World;
  let deps: Deps;
  let production: Deps;
  let code: string;
  let tariffs = 0;
  before(async () => {
    world = await createWorld();
    ({ deps } = world);
    production = { ...deps, config: { ...deps.config, mode: 'production' } };
  });
  after(() => world.close());
  beforeEach(async () => {
    tariffs += 1;
    code = `flat-${tariffs}`;
    await addTariff(production, hanako, version({ validFrom: '2020-01-01' }));
  });

  const version = (over: Partial<AddTariff> = {}): AddTariff => {
    const held = { code, validFrom: '2026-06-01', name: '定率', nameEn: 'Flat' };
    return { ...held, definition, ...over };
  };
  const dearer = (over: Partial<AddTariff> = {}) =>
    version({ definition: { ...definition, percentBps: 900 }, ...over });
  const name = async () => makeContract(deps, { companyId: (await makeCompany(deps)).id, tariffCode: code });
  const propose = (input: AddTariff) => proposeChange(deps, hanako, tariffApproval, { input, reason });
  const approve = (approvalId: string) => approveChange(deps, jiro, approvalKinds, { approvalId });
  const heldFrom = async () =>
    (
      await sqlOf(deps.orm.em.fork())
        .selectFrom('tariff')
        .select('validFrom')
        .where('code', '=', code)
        .orderBy('validFrom')
        .execute()
    ).map(({ validFrom }) => validFrom);

  const insert = (approval = 'NULL', percentBps = 900) =>
    `INSERT INTO tariff (code, valid_from, name, name_en, definition, created_at, approval_id) VALUES ('${code}', '2026-06-01',
     '定率', 'Flat', '${JSON.stringify({ ...definition, percentBps })}', '2026-05-10 04:00:00.000', ${approval})`;
  const run = (statement: string) => deps.orm.em.fork().execute(statement);
  const setProduction = (value: boolean) => run(`UPDATE books SET in_production = ${value}`);
  const broken = async () =>
    (await checkInvariants(deps, hanako)).flatMap(({ number, offending }) =>
      offending.flatMap((row) => (number === 12 ? [row.broken] : [])),
    );

  it('is added by one person while no contract names the tariff', async () => {
    await addTariff(production, hanako, dearer());
    assert.deepEqual(await heldFrom(), ['2020-01-01', '2026-06-01']);
  });

  it('takes two people once a contract names it', async () => {
    await name();
    await assert.rejects(addTariff(production, hanako, dearer()), { code: 'approval-required' });
    const proposed = await propose(dearer());
    assert.deepEqual(await heldFrom(), ['2020-01-01']);
    const { subject, changes } = await getApproval(deps, jiro, proposed);
    assert.equal(subject, `tariff:${code}`);
    assert.deepEqual(changes, {
      validFrom: { before: '2020-01-01', after: '2026-06-01' },
      fee: { before: '5% of the total billed incl. tax', after: '9% of the total billed incl. tax' },
      feeJa: { before: '請求総額（税込）の5%', after: '請求総額（税込）の9%' },
      percentBps: { before: '500', after: '900' },
    });
    await assert.rejects(approveChange(deps, hanako, approvalKinds, { approvalId: proposed }), {
      code: 'permission-denied',
    });
    const both = person('hanako', 'billing', 'billing-approver');
    await assert.rejects(approveChange(deps, both, approvalKinds, { approvalId: proposed }), {
      code: 'approval-own',
    });
    await approve(proposed);
    assert.deepEqual(await heldFrom(), ['2020-01-01', '2026-06-01']);
    const audit = await sqlOf(deps.orm.em.fork())
      .selectFrom('audit_entry')
      .select(['actor', 'facts'])
      .where('subject', '=', `tariff:${code}/2026-06-01`)
      .executeTakeFirstOrThrow();
    assert.deepEqual([audit.actor, audit.facts['approval']], ['staff:jiro', proposed]);
  });

  it('shows what is left out of the one before', async () => {
    const perItem = { flatMinor: 10, stepAbove: 100, flatAboveMinor: 5 };
    await addTariff(production, hanako, dearer({ definition: { ...definition, perItem } }));
    const { changes } = await getApproval(deps, jiro, await propose(version({ validFrom: '2026-07-01' })));
    assert.deepEqual(changes['perItem'], {
      before: JSON.stringify(perItem),
      after: null,
    });
  });

  it('is void when another version came meanwhile, and refused as when it is added', async () => {
    await name();
    await assert.rejects(propose(dearer({ validFrom: '2020-01-01' })), { code: 'already-exists' });
    await assert.rejects(propose(dearer({ validFrom: '2026-05-10' })), { code: 'illegal-state' });
    const wrong = { ...definition, percentBps: 10_001 };
    await assert.rejects(propose(dearer({ definition: wrong })), { code: 'invalid-request' });
    const first = await propose(dearer({ validFrom: '2026-07-01' }));
    // In development one person is enough.
    await addTariff(deps, hanako, dearer());
    await assert.rejects(approve(first), { code: 'approval-void' });
    assert.deepEqual(await heldFrom(), ['2020-01-01', '2026-06-01']);
  });

  it('is refused when its day has come before it is approved', async () => {
    await name();
    const proposed = await propose(dearer({ validFrom: '2026-05-12' }));
    const then = world.clock.now();
    world.clock.set(new Date('2026-05-12T03:00:00.000Z'));
    try {
      await assert.rejects(approve(proposed), { code: 'illegal-state' });
    } finally {
      world.clock.set(then);
    }
    assert.deepEqual(await heldFrom(), ['2020-01-01']);
  });

  describe('by plain SQL', () => {
    const named = 'a version of a tariff that contracts named has an executed approval';
    before(async () => {
      await run(
        `INSERT IGNORE INTO books (id, time_zone, currency, begun_at) VALUES (1, 'Asia/Tokyo', 'JPY', '2026-05-01')`,
      );
    });
    afterEach(() => setProduction(false));

    it('is refused by the database in production without its approval, or with another', async () => {
      await name();
      await setProduction(true);
      await assert.rejects(run(insert()), /tariff_takes_two/);
      const approvalId = await propose(dearer());
      await assert.rejects(run(insert(`'${approvalId}'`)), /tariff_takes_two/);
      await approve(approvalId);
      await assert.rejects(
        run(insert(`'${approvalId}'`).replace("'2026-06-01'", "'2026-07-01'")),
        /tariff_takes_two/,
      );
      assert.deepEqual(await broken(), []);
    });

    it('is found when it comes past the database, also with an approval of another version', async () => {
      await name();
      await setProduction(true);
      await tamper(deps, 'tariff', insert());
      assert.deepEqual(await broken(), [named]);
      await tamper(deps, 'tariff', `DELETE FROM tariff WHERE code = '${code}' AND valid_from = '2026-06-01'`);
      await approve(await propose(dearer()));
      assert.deepEqual(await broken(), []);
      await tamper(
        deps,
        'tariff',
        `UPDATE tariff SET definition = REPLACE(definition, '900', '100') WHERE code = '${code}' AND valid_from = '2026-06-01'`,
      );
      assert.deepEqual(await broken(), [named]);
      await tamper(deps, 'tariff', `DELETE FROM tariff WHERE code = '${code}' AND valid_from = '2026-06-01'`);
      assert.deepEqual(await broken(), ['an executed approval of a tariff has its version']);
    });
  });

  it('is proposed on the command line', async () => {
    await name();
    const folder = await mkdtemp(join(tmpdir(), 'tabane-tariff-'));
    try {
      const file = join(folder, 'flat.json');
      await writeFile(file, JSON.stringify({ ...definition, percentBps: 900 }));
      const words = `--code ${code} --valid-from 2026-06-01 --name 定率 --name-en Flat --definition ${file}`;
      const added = await typed(`tariff add ${words} --as hanako`, production);
      assert.match(added.error, /approval-required/);
      const { out, error } = await typed(`tariff propose ${words} --reason agreed --as hanako`, deps);
      assert.match(out, /Percent bps: 500 → 900/, error);
      const approval = /ap_\w{26}/.exec(out)![0];
      const approved = await typed(`approval approve --approval ${approval} --as jiro`, deps);
      assert.match(approved.out, /executed/, approved.error);
      assert.deepEqual(await heldFrom(), ['2020-01-01', '2026-06-01']);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
