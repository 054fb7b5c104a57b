import { kindText } from '../approvals/approval-words.rules.ts';
import { staffRoles } from '../../../access/permissions.ts';
import { isGrantedByTwo } from '../../../access/two-people-roles.rules.ts';
import type { ApprovalRow } from '../../../access/approvals/approval.queries.ts';
import type { getAccountFactors } from '../../../accounts/account-factors.queries.ts';
import type { AccountRow } from '../../../accounts/account.queries.ts';
import type { FactView, FilterView, HeadView, TableView } from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';
import { badgeOfAccount, personHref, roleNames } from './people.words.rules.ts';

export interface PeopleView extends PageView, HeadView {
  readonly filter: FilterView;
  readonly table: TableView;
}

interface LoadedPeople {
  readonly state: AccountRow['state'] | undefined;
  readonly accounts: readonly AccountRow[];
}

const states = ['invited', 'active', 'suspended', 'ended'] as const;

/** The accounts of the carrier's people. */
export function peopleView({ state, accounts }: LoadedPeople, frame: ViewFrame): PeopleView {
  const { t, format, can } = frame;
  return {
    title: t('billing.people.title'),
    lead: t('billing.people.lead'),
    ...(can('accounts:write') && {
      actions: [{ href: '/billing/people/invite', label: t('billing.people.invite'), isPrimary: true }],
    }),
    filter: {
      action: '/billing/people',
      fields: [
        {
          name: 'state',
          label: t('billing.people.state'),
          value: state ?? '',
          options: [
            { value: '', label: t('billing.people.all') },
            ...states.map((value) => ({ value, label: t(`billing.people.state.${value}`) })),
          ],
        },
      ],
      active:
        state === undefined ? [] : [{ href: '/billing/people', label: t(`billing.people.state.${state}`) }],
      clearHref: '/billing/people',
      found: t('billing.people.found', { count: format.count(accounts.length) }),
    },
    table: {
      caption: t('billing.people.title'),
      isCaptionUnseen: true,
      isDense: true,
      columns: [
        { label: t('billing.people.name') },
        { label: t('billing.people.email'), isLong: true },
        { label: t('billing.people.roles'), isLong: true },
        { label: t('billing.people.state') },
        { label: t('billing.people.since') },
      ],
      rows: accounts.map((account) => ({
        cells: [
          { text: account.displayName, href: personHref(account) },
          account.email,
          roleNames(account.roles, frame),
          { badge: badgeOfAccount(account, frame) },
          format.dateTime(account.createdAt),
        ],
      })),
      empty: { title: t('billing.people.none'), text: t('billing.people.none-text') },
    },
  };
}

export interface PersonView extends PageView, HeadView {
  readonly facts: readonly FactView[];
  readonly factors: readonly FactView[];
  readonly pending: readonly string[];
  /** What can be done with the account, each on a page that asks. */
  readonly acts: readonly { readonly href: string; readonly label: string }[];
}

interface LoadedPerson {
  readonly account: AccountRow;
  readonly factors: Awaited<ReturnType<typeof getAccountFactors>>;
  readonly pending: readonly ApprovalRow[];
}

/** One account: its roles, second factors, and what waits for approval. */
export function personView({ account, factors, pending }: LoadedPerson, frame: ViewFrame): PersonView {
  const { t, format } = frame;
  return {
    title: account.displayName,
    lead: account.email,
    crumbs: [{ href: '/billing/people', label: t('billing.people.title') }],
    headBadge: badgeOfAccount(account, frame),
    facts: [
      { label: t('billing.people.reference'), text: `acct-${account.id}` },
      { label: t('billing.people.roles'), text: roleNames(account.roles, frame) },
      { label: t('billing.people.since'), text: format.dateTime(account.createdAt) },
      {
        label: t('billing.people.activated'),
        text: account.activatedAt ? format.dateTime(account.activatedAt) : '',
      },
    ],
    factors: [
      {
        label: t('billing.people.app'),
        text: t(factors.totp ? 'billing.people.present' : 'billing.people.absent'),
      },
      { label: t('billing.people.passkeys'), text: format.count(factors.passkeys) },
      { label: t('billing.people.codes'), text: format.count(factors.recoveryCodes) },
    ],
    pending: pending.map((one) =>
      t('billing.people.pending', {
        kind: kindText(one.kind, t),
        who: frame.nameOf(one.maker),
        reason: one.reason,
      }),
    ),
    acts: actsOf(account, frame),
  };
}

function actsOf(account: AccountRow, { t, can }: ViewFrame) {
  if (account.audience !== 'staff' || account.state === 'ended') return [];
  const here = personHref(account);
  const act = (name: 'roles' | 'suspend' | 'resume' | 'sign-out' | 'reset-factor') => ({
    href: `${here}/${name}`,
    label: t(`billing.people.act.${name}`),
  });
  return [
    ...(can('accounts:write') ? [act('roles')] : []),
    ...(can('accounts:write') && account.state === 'active' ? [act('sign-out'), act('suspend')] : []),
    ...(can('accounts:write') && account.state === 'suspended' ? [act('resume')] : []),
    ...(can('accounts:propose') && account.state === 'active' ? [act('reset-factor')] : []),
  ];
}

interface FieldView {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly value?: string;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly isOptional?: boolean;
}

export interface RolesView extends PageView, HeadView {
  readonly formName: string;
  readonly action: string;
  readonly back: string;
  readonly label: string;
  readonly fields: readonly FieldView[];
  readonly boxes: readonly {
    readonly name: string;
    readonly label: string;
    readonly hint: string;
    readonly isChecked: boolean;
  }[];
  readonly reason: FieldView;
}

/** Asks whom to invite, and into which roles. */
export function inviteView(_: object, frame: ViewFrame): RolesView {
  const { t } = frame;
  return {
    ...boxesOf([], frame),
    title: t('billing.people.invite'),
    lead: t('billing.people.invite-lead'),
    crumbs: [{ href: '/billing/people', label: t('billing.people.title') }],
    formName: 'billing.invite-person-form',
    action: '/billing/people/invite',
    back: '/billing/people',
    label: t('billing.people.invite-yes'),
    fields: [
      { name: 'displayName', label: t('billing.people.name') },
      { name: 'email', label: t('billing.people.email'), hint: t('billing.people.email-hint') },
      {
        name: 'language',
        label: t('billing.people.language'),
        value: 'ja',
        options: [
          { value: 'ja', label: t('billing.people.language.ja') },
          { value: 'en', label: t('billing.people.language.en') },
        ],
      },
    ],
  };
}

/** The roles of an account, to change them. */
export function rolesView(account: AccountRow, frame: ViewFrame): RolesView {
  const { t } = frame;
  return {
    ...boxesOf(account.roles, frame),
    title: t('billing.people.roles-of', { name: account.displayName }),
    lead: t('billing.people.roles-lead'),
    crumbs: [
      { href: '/billing/people', label: t('billing.people.title') },
      { href: personHref(account), label: account.displayName },
    ],
    formName: 'billing.person-roles-form',
    action: `${personHref(account)}/roles`,
    back: personHref(account),
    label: t('billing.people.roles-yes'),
    fields: [],
  };
}

function boxesOf(roles: readonly string[], { t }: ViewFrame): Pick<RolesView, 'boxes' | 'reason'> {
  return {
    boxes: staffRoles.map((role) => ({
      name: role,
      label: t(`accounts.role.${role}`),
      hint: t(isGrantedByTwo(role) ? 'billing.people.by-two' : 'billing.people.by-one'),
      isChecked: roles.includes(role),
    })),
    reason: {
      name: 'reason',
      label: t('billing.people.reason'),
      hint: t('billing.people.reason-hint'),
      isOptional: true,
    },
  };
}
