import { proposeChange } from '../../../access/approvals/propose-change.ts';
import { accountFactorResetApproval } from '../../../accounts/account-approvals.ts';
import { getAccount, type AccountRow } from '../../../accounts/account.queries.ts';
import { resumeAccount, signOutAccount, suspendAccount } from '../../../accounts/change-account-state.ts';
import { defineForm } from '../../kit/define-form.ts';
import { definePage, type PageView, type ViewFrame } from '../../kit/define-page.ts';
import type { ConfirmView, HeadView } from '../../kit/component.types.ts';
import { textField } from '../../kit/form-fields.ts';
import { template } from '../../kit/template.ts';
import { accountIdOf } from './people.pages.ts';
import { badgeOfAccount, personHref, roleNames } from './people.words.rules.ts';

interface ActView extends PageView, HeadView {
  readonly confirm: ConfirmView;
}

type Act = 'suspend' | 'resume' | 'sign-out' | 'reset-factor';

const viewOf =
  (act: Act) =>
  (account: AccountRow, frame: ViewFrame): ActView => {
    const { t } = frame;
    return {
      title: t(`billing.people.act.${act}`),
      crumbs: [
        { href: '/billing/people', label: t('billing.people.title') },
        { href: personHref(account), label: account.displayName },
      ],
      headBadge: badgeOfAccount(account, frame),
      confirm: {
        title: t(`billing.people.ask.${act}`, { name: account.displayName }),
        texts: [t(`billing.people.text.${act}`)],
        facts: [
          { label: t('billing.people.email'), text: account.email },
          { label: t('billing.people.roles'), text: roleNames(account.roles, frame) },
        ],
        ...(act === 'reset-factor' && {
          fields: [{ name: 'reason', label: t('billing.people.reason'), rows: 3 }],
        }),
        formName: `billing.${act}-person-form`,
        action: `${personHref(account)}/${act}`,
        label: t(`billing.people.yes.${act}`),
        back: personHref(account),
        isDanger: act !== 'resume',
      },
    };
  };

const pageOf = (act: Act) =>
  definePage({
    name: `billing.${act}-person`,
    path: `/billing/people/:id/${act}`,
    permission: act === 'reset-factor' ? 'accounts:propose' : 'accounts:write',
    load: (deps, { actor, params }) => getAccount(deps, actor, accountIdOf(params)),
    view: viewOf(act),
    template: template<ActView>('kit/confirm-page'),
  });

const useCases = { suspend: suspendAccount, resume: resumeAccount, 'sign-out': signOutAccount } as const;

const acts = (['suspend', 'resume', 'sign-out'] as const).map((act) => {
  const page = pageOf(act);
  const form = defineForm({
    name: `billing.${act}-person-form`,
    path: `/billing/people/:id/${act}`,
    permission: 'accounts:write',
    stepUp: true,
    fields: {},
    submit: async (deps, { actor, params }) => {
      const accountId = accountIdOf(params);
      await useCases[act](deps, actor, { accountId });
      return accountId;
    },
    done: (id) => ({ to: personHref({ id }), flash: 'billing.people.changed' }),
    page,
  });
  return { page, form };
});

const resetPage = pageOf('reset-factor');
const resetForm = defineForm({
  name: 'billing.reset-factor-person-form',
  path: '/billing/people/:id/reset-factor',
  permission: 'accounts:propose',
  stepUp: true,
  fields: { reason: textField({ label: 'billing.people.reason', maxLength: 300, isMultiline: true }) },
  submit: async (deps, { actor, params, input: { reason } }) => {
    const accountId = accountIdOf(params);
    await proposeChange(deps, actor, accountFactorResetApproval, { input: { accountId }, reason });
    return accountId;
  },
  done: (id) => ({ to: personHref({ id }), flash: 'billing.people.proposed' }),
  page: resetPage,
});

/** What is asked before it is done: suspending, opening again, ending sessions, and the proposal to reset factors. */
export const personActPages = [...acts.map(({ page }) => page), resetPage];
export const personActForms = [...acts.map(({ form }) => form), resetForm];
