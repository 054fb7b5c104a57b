import { apiKeyState, isLiveApiKey } from '../../../companies/api-key-state.rules.ts';
import type { listApiKeys } from '../../../companies/company.queries.ts';
import { scopes as allScopes } from '../../../companies/scopes.ts';
import type { BadgeView, FactView, HeadView } from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';
import type { ConfirmPageView } from './company-form.view.rules.ts';
import { companyFrame, crumbsTo } from './company-frame.rules.ts';
import { companyHref, nameIn } from './company-words.rules.ts';
import { field } from './form-words.rules.ts';
import type { BannerView, FormPageView, SubjectView } from './subject.types.ts';
import type { Company } from './loaded.types.ts';

export type ListedKey = Awaited<ReturnType<typeof listApiKeys>>[number];

interface Loaded {
  readonly company: Company;
  readonly keys: readonly ListedKey[];
  readonly now: Date;
}

/** The API keys of a company. */
export function keysView({ company, keys, now }: Loaded, frame: ViewFrame): SubjectView {
  const { t, can, format } = frame;
  const issue = {
    href: companyHref(company.code, 'keys/new'),
    label: t('billing.companies.key-issue'),
    isPrimary: true,
  };
  const writes = can('api-keys:write');
  return {
    ...companyFrame(company, 'keys', frame),
    ...(writes && { actions: [issue] }),
    banners: [],
    sections: [
      {
        id: 'keys',
        title: t('billing.companies.tab.keys'),
        texts: keys.length === 0 ? [] : [t('billing.companies.key-used-note')],
        table: {
          caption: t('billing.companies.tab.keys'),
          isCaptionUnseen: true,
          isDense: true,
          columns: [
            { label: t('billing.companies.field.label') },
            { label: t('billing.companies.key-id') },
            { label: t('billing.companies.key-scopes'), isLong: true },
            { label: t('billing.companies.key-issued') },
            { label: t('billing.companies.key-used') },
            { label: t('billing.companies.field.state') },
            { label: t('billing.companies.action') },
          ],
          rows: keys.map(({ id, label, scopes, createdAt, lastUsedAt, ...key }) => ({
            cells: [
              label,
              `tbn_${id}_…`,
              scopes === allScopes.join(' ') ? t('billing.companies.all-scopes') : scopes,
              format.dateTime(createdAt),
              lastUse(lastUsedAt, frame),
              { badge: stateBadge(key, now, frame) },
              !isLiveApiKey(apiKeyState(key, now)) || !writes
                ? ''
                : {
                    text: t('billing.companies.key-revoke'),
                    href: companyHref(company.code, `keys/${id}/revoke`),
                  },
            ],
          })),
          empty: { title: t('billing.companies.no-keys'), text: t('billing.companies.no-keys-text') },
        },
      },
    ],
  };
}

/** Whether a key works, and until when. */
function stateBadge(
  key: Pick<ListedKey, 'revokedAt' | 'endsAt'>,
  now: Date,
  { t, format }: ViewFrame,
): BadgeView {
  const state = apiKeyState(key, now);
  switch (state) {
    case 'valid':
      return { tone: 'good', text: t('billing.companies.key-valid') };
    case 'ending':
      return { tone: 'warn', text: t('billing.companies.key-ending', { at: format.dateTime(key.endsAt!) }) };
    case 'ended':
      return { tone: 'plain', text: t('billing.companies.key-ended') };
    case 'revoked':
      return { tone: 'plain', text: t('billing.companies.key-revoked') };
    default:
      return state satisfies never;
  }
}

/** The field of a scope: its name without the colon. */
export const scopeField = (scope: string) => `scope_${scope.replace(':', '_')}`;

/** Asks what the key is for and what it may do. `newest` is the key after which it is issued. */
export function newKeyView({ company, keys }: Loaded, frame: ViewFrame): FormPageView {
  const { t } = frame;
  return {
    title: t('billing.companies.key-issue'),
    lead: t('billing.companies.key-lead', { company: nameIn(company, frame) }),
    crumbs: crumbsTo(company, 'keys', frame),
    banners: [{ tone: 'info', text: t('billing.companies.key-once') }],
    formName: 'billing.new-key-form',
    action: companyHref(company.code, 'keys/new'),
    hidden: { newest: keys[0]?.id ?? '' },
    groups: [
      {
        title: t('billing.companies.group.key'),
        fields: [field('label', t, { hint: t('billing.companies.key-label-hint') })],
      },
      {
        title: t('billing.companies.key-scopes'),
        fields: allScopes.map((scope) => ({
          kind: 'check',
          name: scopeField(scope),
          label: scope,
          isChecked: true,
        })),
      },
    ],
    label: t('billing.companies.key-issue'),
    back: companyHref(company.code, 'keys'),
  };
}

export interface IssuedKey {
  readonly companyCode: string;
  readonly id: string;
  readonly token: string;
  readonly label: string;
}

export interface IssuedKeyView extends PageView, HeadView {
  readonly banners: readonly BannerView[];
  readonly keyTitle: string;
  readonly copy: { readonly name: string; readonly text: string };
  readonly facts: readonly FactView[];
  readonly back: string;
  readonly backLabel: string;
}

/** Shows a key once: its secret is stored nowhere. */
export function issuedKeyView({ companyCode, id, token, label }: IssuedKey, frame: ViewFrame): IssuedKeyView {
  const { t } = frame;
  return {
    title: t('billing.companies.key-done'),
    banners: [{ tone: 'warn', text: t('billing.companies.key-now') }],
    keyTitle: t('billing.companies.key'),
    copy: { name: 'api-key', text: token },
    facts: [
      { label: t('billing.companies.company'), text: companyCode },
      { label: t('billing.companies.field.label'), text: label },
      { label: t('billing.companies.key-id'), text: id },
    ],
    back: companyHref(companyCode, 'keys'),
    backLabel: t('billing.companies.key-back'),
  };
}

/** Asks before a key is revoked. */
export function revokeKeyView(
  { company, key }: { readonly company: Company; readonly key: ListedKey },
  frame: ViewFrame,
): ConfirmPageView {
  const { t, format } = frame;
  return {
    title: t('billing.companies.key-revoke-title'),
    crumbs: crumbsTo(company, 'keys', frame),
    confirm: {
      title: t('billing.companies.key-revoke-question'),
      texts: [t('billing.companies.key-revoke-text')],
      facts: [
        { label: t('billing.companies.field.label'), text: key.label },
        { label: t('billing.companies.key-issued'), text: format.dateTime(key.createdAt) },
        {
          label: t('billing.companies.key-used'),
          text: lastUse(key.lastUsedAt, frame),
          note: t('billing.companies.key-used-note'),
        },
      ],
      formName: 'billing.revoke-key-form',
      action: companyHref(company.code, `keys/${key.id}/revoke`),
      label: t('billing.companies.key-revoke'),
      back: companyHref(company.code, 'keys'),
      isDanger: true,
    },
  };
}

function lastUse(lastUsedAt: Date | null, { t, format }: ViewFrame): string {
  return lastUsedAt ? format.dateTime(lastUsedAt) : t('billing.companies.key-unused');
}
