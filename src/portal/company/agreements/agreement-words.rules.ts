import { ID_PATTERN } from '../../../shared/ids.ts';
import { publicId } from '../../../shared/public-id.rules.ts';
import type { BadgeView, FilterView, TabsView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';

export const subscriptionStates = ['active', 'leaving', 'ended', 'pending', 'declined', 'expired'] as const;
export const consentStates = ['active', 'ended', 'pending', 'declined', 'expired'] as const;
export type AgreementState = (typeof subscriptionStates)[number];

/** What the address of a list of agreements says. */
export const agreementsQuery = {
  type: 'object',
  properties: {
    state: { type: 'string', maxLength: 20 },
    q: { type: 'string', maxLength: 64 },
    after: { type: 'string', pattern: `^${ID_PATTERN}$` },
  },
  required: [],
  additionalProperties: false,
} as const;

export type AgreementsQuery = {
  readonly [Name in keyof typeof agreementsQuery.properties]?: string | undefined;
};

const parts = {
  subscriptions: '/company/subscriptions',
  movement: '/company/subscription-months',
  consents: '/company/consents',
} as const;

/** The pages of agreements. */
export function agreementTabs({ t }: Pick<ViewFrame, 't'>, current: keyof typeof parts): TabsView {
  return {
    label: t('company.agreements.parts'),
    tabs: (Object.keys(parts) as (keyof typeof parts)[]).map((part) => ({
      href: parts[part],
      label: t(`company.agreements.part.${part}`),
      isCurrent: part === current,
    })),
  };
}

export const subscriptionHref = (id: string, act?: 'cancel') =>
  `/company/subscriptions/${publicId('subscription', id)}${act ? `/${act}` : ''}`;
export const consentHref = (id: string, act?: 'revoke') =>
  `/company/consents/${publicId('consent', id)}${act ? `/${act}` : ''}`;

const TONES = {
  active: 'good',
  leaving: 'warn',
  ended: 'plain',
  pending: 'plain',
  declined: 'plain',
  expired: 'plain',
} as const satisfies Record<AgreementState, BadgeView['tone']>;

/** The state of a subscription or consent in words. */
export function agreementBadge(state: AgreementState, { t }: Pick<ViewFrame, 't'>): BadgeView {
  return { tone: TONES[state], text: t(`company.agreement.state.${state}`) };
}

/** The address of a list, with changes; a change of what is listed begins at its first page. */
export function listHref(path: string, query: AgreementsQuery, changes: AgreementsQuery = {}): string {
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...query, after: undefined, ...changes }))
    if (value) words.set(name, value);
  return words.size === 0 ? path : `${path}?${words.toString()}`;
}

interface Filtered {
  readonly path: string;
  readonly query: AgreementsQuery;
  readonly states: readonly AgreementState[];
  readonly state: AgreementState | undefined;
  /** Whether its rows have a reference to look for. */
  readonly hasReference: boolean;
  readonly count: number;
}

/** The filter of a list of agreements. */
export function agreementFilter(
  { path, query, states, state, hasReference, count }: Filtered,
  { t, format }: ViewFrame,
): FilterView {
  return {
    action: path,
    fields: [
      {
        name: 'state',
        label: t('company.charge.state'),
        value: state ?? '',
        options: [
          { value: '', label: t('company.any') },
          ...states.map((value) => ({ value, label: t(`company.agreement.state.${value}`) })),
        ],
      },
      ...(hasReference ? [{ name: 'q', label: t('company.agreements.q'), value: query.q ?? '' }] : []),
    ],
    active: [
      ...(state === undefined
        ? []
        : [
            {
              href: listHref(path, query, { state: undefined }),
              label: t(`company.agreement.state.${state}`),
            },
          ]),
      ...(query.q ? [{ href: listHref(path, query, { q: undefined }), label: query.q }] : []),
    ],
    clearHref: path,
    found: t('company.agreements.shown', { count: format.count(count) }),
  };
}
