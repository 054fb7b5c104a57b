import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { listAudit } from '../../../src/access/audit/audit.queries.ts';
import { acceptInvitation } from '../../../src/accounts/accept-invitation.ts';
import { listAccounts } from '../../../src/accounts/account.queries.ts';
import { finishTotpEnrolment, startTotpEnrolment } from '../../../src/accounts/totp-enrolment.ts';
import type { Deps } from '../../../src/deps.ts';
import { totpCodeAt } from '../../../src/identity/totp.rules.ts';
import { staff } from '../../support/actors.ts';
import { mailedToken, PASSWORD, SEED } from '../../support/accounts.ts';
import { makeCompany } from '../../support/factories.ts';
import { createWorld, type World } from '../../support/world.ts';
import { splitWords } from '../cli/split-words.ts';
import { typeCommand } from './type-command.ts';

const bank =
  '--bank-code 9999 --bank-name ミホン --branch-code 001 --branch-name ホンテン --account-number 1234567 --account-holder カ）シノノメ';

const invite = (email: string, roles: string) =>
  `account invite --email ${email} --name "山田 花子" --roles ${roles}`;
const SIGN_OUT = 'account sign-out --account acct-1 --as admin@c.example';

describe('accounts on the command line of production', () => {
  let world: World;
  let production: Deps;
  const folder = mkdtempSync(join(tmpdir(), 'codes-spec-'));
  before(async () => {
    world = await createWorld();
    production = { ...world.deps, config: { ...world.deps.config, mode: 'production' } };
  });
  after(async () => {
    rmSync(folder, { recursive: true });
    await world.close();
  });

  const code = () => totpCodeAt(SEED, world.clock.now());
  /** The next half minute: each code works once. */
  const nextCode = () => {
    world.clock.advance(30_000);
    return code();
  };
  const type = (words: string, given?: string) =>
    typeCommand(production, splitWords(words), {
      fromEnvironment: given,
      readFile: (path) => readFile(path, 'utf8'),
      ask: undefined,
    });
  const typed = async (words: string, by?: string) => {
    const { code: exitCode, error, out } = await type(words, by);
    assert.equal(exitCode, 0, error);
    return out;
  };
  const accept = async (email: string) => {
    const [account] = await listAccounts(world.deps, staff(), { email });
    const token = await mailedToken(world.deps, 'account-invitation', account!.id);
    const step = await acceptInvitation(world.deps, { token, password: PASSWORD });
    assert.ok(step.step === 'enrolment');
    await startTotpEnrolment(world.deps, step, SEED);
    await finishTotpEnrolment(world.deps, step, { code: code(), source: '192.0.2.1' });
    return account!.id;
  };

  it('begin with two by --first, and no more', async () => {
    await typed(`${invite('admin@c.example', 'administrator,billing')} --first --as founder`);
    const out = await typed(`${invite('chief@c.example', 'billing-approver')} --first --as founder`);
    assert.match(out, /acct-2/);
    assert.doesNotMatch(out, /https?:/, 'the link is in the mail alone');
    assert.match(
      (await type(`${invite('third@c.example', 'agent')} --first --as founder`)).error,
      /approval-required/,
    );
    await accept('admin@c.example');
    await accept('chief@c.example');
  });

  it('propose and approve with codes, and the audit trail names the accounts', async () => {
    const words = `${invite('billing@c.example', 'billing')} --reason joins --as admin@c.example`;
    const out = await typed(words, nextCode());
    const approval = /ap_\w{26}/.exec(out)![0];
    assert.match(out, /staff:acct-1/);
    assert.deepEqual(await listAccounts(world.deps, staff(), { email: 'billing@c.example' }), []);
    await typed(`approval approve --approval ${approval} --as chief@c.example`, nextCode());
    const [account] = await listAccounts(world.deps, staff(), { email: 'billing@c.example' });
    assert.deepEqual([account?.state, account?.roles], ['invited', ['billing']]);
    const [row] = await listAudit(world.deps, staff(), { action: 'approval.approve', limit: 1 });
    assert.deepEqual([row?.actorKind, row?.actorIdentity], ['staff', 'acct-2']);
    await accept('billing@c.example');
  });

  it('take the first bank account of a company by two people now', async () => {
    const company = await makeCompany(world.deps);
    const account = `--company ${company.code} ${bank}`;
    const alone = await type(`bank-account enter ${account} --as billing@c.example`, nextCode());
    assert.match(alone.error, /approval-required/);
    const bare = await type(`bank-account propose ${account} --reason letter --as billing`);
    assert.match(bare.error, /approval-needs-person/);
    const out = await typed(
      `bank-account propose ${account} --reason letter --as billing@c.example`,
      nextCode(),
    );
    const approval = /ap_\w{26}/.exec(out)![0];
    const own = await type(`approval approve --approval ${approval} --as admin@c.example`, nextCode());
    assert.match(own.error, /permission-denied/);
    await typed(`approval approve --approval ${approval} --as chief@c.example`, nextCode());
    assert.match(await typed(`bank-account list --company ${company.code}`), /1234567/);
  });

  it('take each code once, and of a wrong one nothing', async () => {
    const once = nextCode();
    assert.equal((await type(SIGN_OUT, once)).code, 0);
    assert.match((await type(SIGN_OUT, once)).error, /second-factor-refused/);
    assert.match((await type(SIGN_OUT, '000000')).error, /second-factor-refused/);
    assert.match((await type(SIGN_OUT, 'abc')).error, /second-factor-refused/);
  });

  it('read the code from a file or the environment, and never from an argument', async () => {
    const file = join(folder, 'code');
    writeFileSync(file, `${nextCode()}\n`);
    await typed(`account sign-out --account acct-2 --as admin@c.example --code-file ${file}`);
    const none = await type('account sign-out --account acct-2 --as admin@c.example');
    assert.deepEqual([none.code, /--code-file FILE/.test(none.error)], [2, true]);
    const bare = await type(`account sign-out --account acct-2 --as somebody --code-file ${file}`);
    assert.deepEqual([bare.code, bare.opened], [2, false]);
    const argument = await type('account sign-out --account acct-2 --as admin@c.example --code 123456');
    assert.equal(argument.code, 2);
  });

  it('are named by their address and proven, never by their number', async () => {
    for (const name of ['acct-1', 'ACCT-2']) {
      const { code: exitCode, opened } = await type(`account sign-out --account acct-1 --as ${name}`);
      assert.deepEqual([exitCode, opened], [2, false]);
    }
    const nobody = await type('account sign-out --account acct-1 --as nobody@c.example', code());
    assert.match(nobody.error, /account-not-found/);
  });

  it('refuse one that is suspended, and change nothing for a name that would give somebody something', async () => {
    await typed('account suspend --account billing@c.example --as founder');
    const late = await type('account sign-out --account acct-1 --as billing@c.example', nextCode());
    assert.match(late.error, /account-not-found/);
    assert.match(
      (await type('account resume --account billing@c.example --as founder')).error,
      /approval-needs-person/,
    );
    await typed('account resume --account billing@c.example --as admin@c.example', nextCode());
    assert.match(
      (await type(`${invite('x@c.example', 'agent')} --as founder`)).error,
      /approval-needs-person/,
    );
    const noReason = await type(`${invite('x@c.example', 'billing')} --as admin@c.example`, nextCode());
    assert.deepEqual([noReason.code, /--reason is missing/.test(noReason.error)], [2, true]);
  });

  it('show an account with its factors, and list those of a company', async () => {
    const shown = JSON.parse(await typed('account show --account chief@c.example --json')) as object;
    assert.deepEqual(
      { ...shown, createdAt: undefined, activatedAt: undefined },
      {
        account: 'acct-2',
        audience: 'staff',
        company: null,
        email: 'chief@c.example',
        name: '山田 花子',
        language: 'ja',
        state: 'active',
        roles: 'billing-approver',
        authenticatorApp: true,
        passkeys: 0,
        recoveryCodes: 10,
        createdAt: undefined,
        activatedAt: undefined,
      },
    );
    const company = await makeCompany(world.deps);
    const words = `${invite('user@shop.example', 'support')} --company ${company.code} --as admin@c.example`;
    await typed(words, nextCode());
    assert.match(await typed(`account list --company ${company.code}`), /user@shop\.example/);
    assert.doesNotMatch(await typed('account list --audience staff'), /user@shop\.example/);
  });
});
