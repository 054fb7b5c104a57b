import { companyRoles, type CompanyRole } from '../../../access/permissions.ts';
import { isGrantedByTwo } from '../../../access/two-people-roles.rules.ts';
import type { AccountRow } from '../../../accounts/account.queries.ts';
import type { BadgeView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import type { FormPageView } from '../form.types.ts';
import { staleBanners } from '../stale-form.rules.ts';
import type { LoadedPeople, LoadedPerson } from './people.pages.ts';

/** What one person does with an account of a colleague. */
export const accountMoves = ['suspend', 'resume', 'invite-again', 'end'] as const;
export type AccountMove = (typeof accountMoves)[number];

const movesOf: Readonly<Record<AccountRow['state'], readonly AccountMove[]>> = {
  invited: ['invite-again', 'end'],
  active: ['suspend', 'end'],
  suspended: ['resume', 'end'],
  ended: [],
};

const STATE_TONES = {
  invited: 'warn',
  active: 'good',
  suspended: 'bad',
  ended: 'plain',
} as const satisfies Record<AccountRow['state'], BadgeView['tone']>;

const stateBadge = (state: AccountRow['state'], { t }: ViewFrame): BadgeView => ({
  tone: STATE_TONES[state],
  text: t(`company.people.state.${state}`),
});

const personHref = (id: number, part = '') => `/company/people/${id}${part && `/${part}`}`;
const rolesText = ({ roles }: Pick<AccountRow, 'roles'>, { t }: ViewFrame) =>
  roles.map((role) => t(`accounts.role.${role}`)).join(t('company.and'));

type Pending = LoadedPeople['pending'];

/** What waits for the carrier. */
function pendingBanners(pending: Pending, { t, format }: ViewFrame): NonNullable<SectionsView['banners']> {
  return pending.map(({ kind, input, reason, expiresAt }) => ({
    tone: 'info',
    title: t(`company.people.pending.${kind as 'account.invite'}`, {
      name: (input as { displayName?: string }).displayName ?? '',
    }),
    text:
      reason === undefined
        ? t('company.people.pending-by-carrier', { until: format.dateTime(expiresAt) })
        : t('company.people.pending-text', { reason, until: format.dateTime(expiresAt) }),
  }));
}

/** The people of the company. */
export function peopleView({ accounts, pending }: LoadedPeople, frame: ViewFrame): SectionsView {
  const { t, can, format } = frame;
  const shown = accounts.filter(({ state }) => state !== 'ended');
  return {
    title: t('company.people.title'),
    lead: t('company.people.lead', { count: format.count(shown.length) }),
    ...(can('accounts:write') && {
      actions: [{ href: '/company/people/invite', label: t('company.people.invite'), isPrimary: true }],
    }),
    banners: pendingBanners(pending, frame),
    sections: [
      {
        id: 'people',
        title: t('company.people.title'),
        table: {
          caption: t('company.people.title'),
          isCaptionUnseen: true,
          isDense: true,
          columns: [
            { label: t('company.people.name') },
            { label: t('company.people.email'), isLong: true },
            { label: t('company.people.roles') },
            { label: t('company.charge.state') },
          ],
          rows: accounts.map((account) => ({
            cells: [
              { text: account.displayName, href: personHref(account.id) },
              account.email,
              rolesText(account, frame),
              { badge: stateBadge(account.state, frame) },
            ],
          })),
          empty: { title: t('company.people.none'), text: '' },
        },
      },
      {
        id: 'roles',
        title: t('company.people.what-roles'),
        facts: companyRoles.map((role) => ({
          label: t(`accounts.role.${role}`),
          text: t(`company.role.${role}`),
        })),
      },
    ],
  };
}

/** One person: roles, state, and what can be done. */
export function personView({ account, pending, isSelf }: LoadedPerson, frame: ViewFrame): SectionsView {
  const { t, can, format } = frame;
  const { id, state } = account;
  const writes = can('accounts:write') && !isSelf;
  return {
    title: account.displayName,
    headBadge: stateBadge(state, frame),
    crumbs: [{ href: '/company/people', label: t('company.people.title') }],
    ...(writes && {
      actions: [
        ...movesOf[state].map((move) => ({ href: personHref(id, move), label: t(`company.people.${move}`) })),
        ...(state === 'ended'
          ? []
          : [{ href: personHref(id, 'roles'), label: t('company.people.change-roles'), isPrimary: true }]),
      ],
    }),
    banners: [
      ...(isSelf ? [{ tone: 'info' as const, text: t('company.people.self') }] : []),
      ...pendingBanners(pending, frame),
    ],
    sections: [
      {
        id: 'person',
        title: t('company.people.person'),
        facts: [
          { label: t('company.people.email'), text: account.email },
          { label: t('company.people.roles'), text: rolesText(account, frame) },
          { label: t('company.people.language'), text: t(`company.people.language.${account.language}`) },
          { label: t('company.people.invited-at'), text: format.dateTime(account.createdAt) },
          {
            label: t('company.people.activated-at'),
            text: account.activatedAt ? format.dateTime(account.activatedAt) : '',
          },
        ],
      },
    ],
  };
}

const roleFields = (held: readonly string[], { t }: ViewFrame) =>
  companyRoles.map((role: CompanyRole) => ({
    kind: 'check' as const,
    name: `role_${role}`,
    label: t(`accounts.role.${role}`),
    hint: isGrantedByTwo(role)
      ? `${t(`company.role.${role}`)} ${t('company.people.takes-two')}`
      : t(`company.role.${role}`),
    isChecked: held.includes(role),
  }));

const reasonGroup = ({ t }: ViewFrame) => ({
  title: t('company.people.reason'),
  fields: [
    {
      name: 'reason',
      label: t('company.people.reason'),
      hint: t('company.people.reason-hint'),
      isOptional: true,
    },
  ],
});

/** Asks whom to invite, into which roles. */
export function inviteView(frame: ViewFrame): FormPageView {
  const { t } = frame;
  return {
    title: t('company.people.invite'),
    lead: t('company.people.invite-lead'),
    crumbs: [{ href: '/company/people', label: t('company.people.title') }],
    banners: [],
    formName: 'company.invite-form',
    action: '/company/people/invite',
    groups: [
      {
        title: t('company.people.person'),
        fields: [
          { name: 'displayName', label: t('company.people.name') },
          { name: 'email', label: t('company.people.email'), type: 'email' },
          {
            name: 'language',
            label: t('company.people.language'),
            value: 'ja',
            options: (['ja', 'en'] as const).map((value) => ({
              value,
              label: t(`company.people.language.${value}`),
            })),
          },
        ],
      },
      { title: t('company.people.roles'), fields: roleFields([], frame) },
      reasonGroup(frame),
    ],
    label: t('company.people.invite'),
    back: '/company/people',
  };
}

/** Asks for all roles that a person is to have. */
export function rolesView({ account }: LoadedPerson, frame: ViewFrame): FormPageView {
  const { t } = frame;
  return {
    title: t('company.people.roles-title', { name: account.displayName }),
    lead: t('company.people.roles-lead'),
    crumbs: [
      { href: '/company/people', label: t('company.people.title') },
      { href: personHref(account.id), label: account.displayName },
    ],
    banners: staleBanners(frame, personHref(account.id, 'roles')),
    facts: [{ label: t('company.people.roles-now'), text: rolesText(account, frame) }],
    formName: 'company.roles-form',
    action: personHref(account.id, 'roles'),
    hidden: { seen: account.roles.join(' ') },
    groups: [
      { title: t('company.people.roles'), fields: roleFields(account.roles, frame) },
      reasonGroup(frame),
    ],
    label: t('company.people.save'),
    back: personHref(account.id),
  };
}

/** Asks before an account is suspended, opened again, invited again or ended. */
export function moveView(
  { account, move }: LoadedPerson & { readonly move: AccountMove },
  { t }: ViewFrame,
): SectionsView {
  return {
    title: t(`company.people.${move}`),
    crumbs: [
      { href: '/company/people', label: t('company.people.title') },
      { href: personHref(account.id), label: account.displayName },
    ],
    sections: [],
    confirm: {
      title: t(`company.people.${move}-question`, { name: account.displayName }),
      texts: [t(`company.people.${move}-text`)],
      facts: [{ label: t('company.people.email'), text: account.email }],
      formName: 'company.move-person-form',
      action: personHref(account.id, move),
      label: t(`company.people.${move}`),
      back: personHref(account.id),
      isDanger: move === 'suspend' || move === 'end',
    },
  };
}
