import { companyRoles } from '../../../access/permissions.ts';
import type { ApprovalRow } from '../../../access/approvals/approval.queries.ts';
import { isGrantedByTwo } from '../../../access/two-people-roles.rules.ts';
import type { AccountRow } from '../../../accounts/account.queries.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { ConfirmPageView } from './company-form.view.rules.ts';
import { companyFrame, crumbsTo, stateBadge } from './company-frame.rules.ts';
import { companyHref, fieldLabel, valueWord } from './company-words.rules.ts';
import { choice, field } from './form-words.rules.ts';
import { pendingSections } from './pending.view.rules.ts';
import type { FormPageView, SubjectView } from './subject.types.ts';
import type { Company } from './loaded.types.ts';

export interface LoadedPeople {
  readonly company: Company;
  readonly accounts: readonly AccountRow[];
  readonly pending: readonly ApprovalRow[];
}

export interface LoadedPerson extends LoadedPeople {
  readonly account: AccountRow;
}

/** What one person does with an account. */
export const accountMoves = ['suspend', 'resume', 'invite-again', 'end'] as const;
export type AccountMove = (typeof accountMoves)[number];

const movesOf: Readonly<Record<AccountRow['state'], readonly AccountMove[]>> = {
  invited: ['invite-again', 'end'],
  active: ['suspend', 'end'],
  suspended: ['resume', 'end'],
  ended: [],
};

const personHref = (company: string, id: number, part = '') =>
  companyHref(company, `people/${id}${part && `/${part}`}`);
const rolesOf = ({ roles }: Pick<AccountRow, 'roles'>, { t, language }: ViewFrame) =>
  roles.map((role) => valueWord(role, t)).join(language === 'ja' ? '、' : ', ');

/** The people of a company who sign in. */
export function peopleView({ company, accounts, pending }: LoadedPeople, frame: ViewFrame): SubjectView {
  const { t, can } = frame;
  const invite = {
    href: companyHref(company.code, 'people/invite'),
    label: t('billing.companies.invite'),
    isPrimary: true,
  };
  return {
    ...companyFrame(company, 'people', frame),
    ...(can('accounts:propose') && { actions: [invite] }),
    banners: [],
    sections: [
      ...pendingSections(pending, frame),
      {
        id: 'people',
        title: t('billing.companies.tab.people'),
        table: {
          caption: t('billing.companies.tab.people'),
          isCaptionUnseen: true,
          isDense: true,
          columns: [
            { label: t('billing.companies.field.displayName') },
            { label: t('billing.companies.field.email'), isLong: true },
            { label: t('billing.companies.field.roles') },
            { label: t('billing.companies.field.state') },
          ],
          rows: accounts.map((account) => ({
            cells: [
              { text: account.displayName, href: personHref(company.code, account.id) },
              account.email,
              rolesOf(account, frame),
              { badge: stateBadge(account.state, frame) },
            ],
          })),
          empty: { title: t('billing.companies.no-people'), text: t('billing.companies.no-people-text') },
        },
      },
    ],
  };
}

/** One person: roles, state, and what can be done. */
export function personView({ company, account, pending }: LoadedPerson, frame: ViewFrame): SubjectView {
  const { t, can, format } = frame;
  const { state } = account;
  const at = (part: string) => personHref(company.code, account.id, part);
  const writes = can('accounts:write');
  return {
    title: account.displayName,
    headBadge: stateBadge(state, frame),
    crumbs: crumbsTo(company, 'people', frame),
    ...(writes && {
      actions: [
        ...movesOf[state].map((move) => ({ href: at(move), label: t(`billing.companies.${move}`) })),
        ...(state === 'ended'
          ? []
          : [{ href: at('roles'), label: t('billing.companies.roles-change'), isPrimary: true }]),
      ],
    }),
    banners: [],
    sections: [
      ...pendingSections(pending, frame),
      {
        id: 'person',
        title: t('billing.companies.group.person'),
        facts: [
          { label: fieldLabel('email', t), text: account.email },
          { label: fieldLabel('roles', t), text: rolesOf(account, frame) },
          { label: fieldLabel('language', t), text: valueWord(account.language, t) },
          { label: t('billing.companies.invited-at'), text: format.dateTime(account.createdAt) },
          {
            label: t('billing.companies.activated-at'),
            text: account.activatedAt ? format.dateTime(account.activatedAt) : '',
          },
        ],
      },
    ],
  };
}

const roleFields = (held: readonly string[], { t }: ViewFrame) =>
  companyRoles.map((role) => ({
    kind: 'check' as const,
    name: `role_${role}`,
    label: valueWord(role, t),
    isChecked: held.includes(role),
    ...(isGrantedByTwo(role) && { hint: t('billing.companies.role-two') }),
  }));

/** Asks whom to invite, into which roles. */
export function inviteView({ company }: LoadedPeople, frame: ViewFrame): FormPageView {
  const { t } = frame;
  return {
    title: t('billing.companies.invite'),
    lead: t('billing.companies.invite-lead'),
    crumbs: crumbsTo(company, 'people', frame),
    banners: [],
    formName: 'billing.invite-form',
    action: companyHref(company.code, 'people/invite'),
    groups: [
      {
        title: t('billing.companies.group.person'),
        fields: [
          field('displayName', t),
          field('email', t, { type: 'email' }),
          choice('language', ['ja', 'en'], { t, value: 'ja' }),
        ],
      },
      { title: t('billing.companies.field.roles'), fields: roleFields([], frame) },
      {
        title: t('billing.companies.group.reason'),
        fields: [field('reason', t, { isOptional: true, hint: t('billing.companies.role-reason-hint') })],
      },
    ],
    label: t('billing.companies.invite-yes'),
    back: companyHref(company.code, 'people'),
  };
}

/** Asks for all roles that a person is to have. */
export function rolesView({ company, account }: LoadedPerson, frame: ViewFrame): FormPageView {
  const { t } = frame;
  return {
    title: t('billing.companies.roles-title', { person: account.displayName }),
    lead: t('billing.companies.roles-lead'),
    crumbs: crumbsTo(company, 'people', frame),
    banners: [],
    formName: 'billing.roles-form',
    action: personHref(company.code, account.id, 'roles'),
    hidden: { seen: account.roles.join(' ') },
    groups: [
      { title: t('billing.companies.field.roles'), fields: roleFields(account.roles, frame) },
      {
        title: t('billing.companies.group.reason'),
        fields: [field('reason', t, { isOptional: true, hint: t('billing.companies.role-reason-hint') })],
      },
    ],
    label: t('billing.companies.save'),
    back: personHref(company.code, account.id),
  };
}

/** Asks before an account is suspended, opened again, invited again or ended. */
export function moveView(
  { company, account, move }: LoadedPerson & { readonly move: AccountMove },
  frame: ViewFrame,
): ConfirmPageView {
  const { t } = frame;
  return {
    title: t(`billing.companies.${move}`),
    crumbs: crumbsTo(company, 'people', frame),
    confirm: {
      title: t(`billing.companies.${move}-question`, { person: account.displayName }),
      texts: [t(`billing.companies.${move}-text`)],
      formName: 'billing.move-person-form',
      action: personHref(company.code, account.id, move),
      label: t(`billing.companies.${move}`),
      back: personHref(company.code, account.id),
      isDanger: move === 'suspend' || move === 'end',
    },
  };
}
