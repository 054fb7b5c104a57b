import type { Actor } from '../../../access/actor.ts';
import { getApproval, listPending, type ApprovalRow } from '../../../access/approvals/approval.queries.ts';
import { can } from '../../../access/can.rules.ts';
import { listBankAccounts } from '../../../bank-accounts/bank-account.queries.ts';
import { getCompany } from '../../../companies/company.queries.ts';
import type { ServiceDeps } from '../../../service-deps.ts';
import { definePage } from '../../kit/define-page.ts';
import { bankAccountsView, newBankAccountView } from './bank-accounts.view.rules.ts';
import { formTemplate, subjectTemplate } from './companies.pages.ts';

interface Asked {
  readonly actor: Actor;
  readonly params: Readonly<Record<string, string>>;
}

async function loadAccounts(deps: ServiceDeps, { actor, params: { company: code = '' } }: Asked) {
  const company = await getCompany(deps, actor, code);
  const accounts = await listBankAccounts(deps, actor, code);
  const decisions = new Map<string, ApprovalRow>();
  const ids = accounts.flatMap(({ approvalId }) => approvalId ?? []);
  // A company changes its bank a few times in its life.
  if (can(actor, 'approvals:read'))
    for (const id of ids) decisions.set(id, await getApproval(deps, actor, id));
  const pending = can(actor, 'approvals:read') ? await listPending(deps, `company:${code}`) : [];
  return { company, accounts, decisions, pending, currency: deps.config.currency };
}

export const bankAccountsPage = definePage({
  name: 'billing.company-bank-accounts',
  path: '/billing/companies/:company/bank-accounts',
  permission: 'contracts:read',
  load: loadAccounts,
  view: bankAccountsView,
  template: subjectTemplate,
});

export const newBankAccountPage = definePage({
  name: 'billing.new-bank-account',
  path: '/billing/companies/:company/bank-accounts/new',
  permission: 'bank-accounts:propose',
  load: loadAccounts,
  view: newBankAccountView,
  template: formTemplate,
});
