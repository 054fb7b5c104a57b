import { apiKeyState, isLiveApiKey } from '../../../companies/api-key-state.rules.ts';
import { scopes as allScopes, type Scope } from '../../../companies/scopes.ts';
import type { BadgeView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { isMessageKey } from '../../messages/translate.ts';
import type { FormPageView, SecretView } from '../form.types.ts';
import { staleBanners } from '../stale-form.rules.ts';
import type { ListedKey, LoadedKeys } from './keys.pages.ts';

const revokeHref = (id: string) => `/company/keys/${id}/revoke`;

/** The API keys of the company with their last use. */
export function keysView({ keys, now }: LoadedKeys, frame: ViewFrame): SectionsView {
  const { t, can, format } = frame;
  const writes = can('api-keys:write');
  const isLive = (key: ListedKey) => isLiveApiKey(apiKeyState(key, now));
  const valid = keys.filter(isLive).length;
  return {
    title: t('company.keys.title'),
    lead: t('company.keys.lead', { count: format.count(valid) }),
    ...(writes && {
      actions: [{ href: '/company/keys/new', label: t('company.keys.new'), isPrimary: true }],
    }),
    sections: [
      {
        id: 'keys',
        title: t('company.keys.title'),
        text: t('company.keys.used-note'),
        table: {
          caption: t('company.keys.title'),
          isCaptionUnseen: true,
          isDense: true,
          isWide: true,
          columns: [
            { label: t('company.keys.label') },
            { label: t('company.keys.id') },
            { label: t('company.keys.scopes'), isLong: true },
            { label: t('company.keys.issued') },
            { label: t('company.keys.used') },
            { label: t('company.charge.state') },
            ...(writes ? [{ label: t('company.keys.act') }] : []),
          ],
          rows: keys.map((key) => ({
            cells: [
              key.label,
              `tbn_${key.id}_…`,
              key.scopes === allScopes.join(' ') ? t('company.keys.all-scopes') : key.scopes,
              format.dateTime(key.createdAt),
              lastUse(key.lastUsedAt, frame),
              { badge: stateBadge(key, now, frame) },
              ...(writes
                ? [isLive(key) ? { text: t('company.keys.revoke'), href: revokeHref(key.id) } : '']
                : []),
            ],
          })),
          empty: { title: t('company.keys.none'), text: t('company.keys.none-text') },
        },
      },
      {
        id: 'docs',
        title: t('company.keys.docs'),
        text: t('company.keys.docs-text'),
        links: [
          { href: '/docs', label: t('company.keys.to-docs') },
          { href: '/problems', label: t('company.keys.to-problems') },
        ],
      },
    ],
  };
}

/** Whether a key works, and until when. */
function stateBadge(key: ListedKey, now: Date, { t, format }: ViewFrame): BadgeView {
  const state = apiKeyState(key, now);
  switch (state) {
    case 'valid':
      return { tone: 'good', text: t('company.keys.valid') };
    case 'ending':
      return { tone: 'warn', text: t('company.keys.ending', { at: format.dateTime(key.endsAt!) }) };
    case 'ended':
      return { tone: 'plain', text: t('company.keys.ended') };
    case 'revoked':
      return { tone: 'plain', text: t('company.keys.revoked') };
    default:
      return state satisfies never;
  }
}

/** What a scope means, where there is a text. */
function scopeHint(scope: string, t: ViewFrame['t']): { readonly hint?: string } {
  const key = `company.keys.scope.${scope}`;
  return isMessageKey(key) ? { hint: t(key) } : {};
}

/** The field of a scope: its name without the colon. */
export const scopeField = (scope: string) => `scope_${scope.replace(':', '_')}`;

/** Asks what the key is for and what it may do. `newest` is the key after which it is issued. */
export function newKeyView(
  { keys, grantable }: LoadedKeys & { readonly grantable: readonly Scope[] },
  frame: ViewFrame,
): FormPageView {
  const { t } = frame;
  return {
    title: t('company.keys.new'),
    lead: t('company.keys.new-lead'),
    crumbs: [{ href: '/company/keys', label: t('company.keys.title') }],
    banners: [
      ...staleBanners(frame, '/company/keys/new'),
      { tone: 'info', text: t('company.keys.once') },
      ...(grantable.length < allScopes.length
        ? [{ tone: 'info' as const, text: t('company.keys.own-roles') }]
        : []),
    ],
    formName: 'company.new-key-form',
    action: '/company/keys/new',
    hidden: { newest: keys[0]?.id ?? '' },
    groups: [
      {
        title: t('company.keys.purpose'),
        fields: [{ name: 'label', label: t('company.keys.label'), hint: t('company.keys.label-hint') }],
      },
      {
        title: t('company.keys.scopes'),
        fields: grantable.map((scope) => ({
          kind: 'check',
          name: scopeField(scope),
          label: scope,
          ...scopeHint(scope, t),
        })),
      },
    ],
    label: t('company.keys.new'),
    back: '/company/keys',
  };
}

interface IssuedKey {
  readonly id: string;
  readonly token: string;
  readonly label: string;
  readonly scopes: readonly Scope[];
}

/** Shows a key once: its secret is stored nowhere. */
export function issuedKeyView({ id, token, label, scopes }: IssuedKey, { t }: ViewFrame): SecretView {
  return {
    title: t('company.keys.done'),
    banners: [{ tone: 'warn', text: t('company.keys.now') }],
    secretTitle: t('company.keys.key'),
    copy: { name: 'api-key', text: token },
    facts: [
      { label: t('company.keys.label'), text: label },
      { label: t('company.keys.id'), text: `tbn_${id}_…` },
      { label: t('company.keys.scopes'), text: scopes.join(' ') },
    ],
    back: '/company/keys',
    backLabel: t('company.keys.back'),
  };
}

/** Asks before a key is revoked. */
export function revokeKeyView({ key }: { readonly key: ListedKey }, frame: ViewFrame): SectionsView {
  const { t, format } = frame;
  return {
    title: t('company.keys.revoke-title'),
    crumbs: [{ href: '/company/keys', label: t('company.keys.title') }],
    sections: [],
    confirm: {
      title: t('company.keys.revoke-question'),
      texts: [t('company.keys.revoke-text')],
      facts: [
        { label: t('company.keys.label'), text: key.label },
        { label: t('company.keys.id'), text: `tbn_${key.id}_…` },
        { label: t('company.keys.issued'), text: format.dateTime(key.createdAt) },
        {
          label: t('company.keys.used'),
          text: lastUse(key.lastUsedAt, frame),
          note: t('company.keys.used-note'),
        },
      ],
      formName: 'company.revoke-key-form',
      action: revokeHref(key.id),
      label: t('company.keys.revoke'),
      back: '/company/keys',
      isDanger: true,
    },
  };
}

function lastUse(lastUsedAt: Date | null, { t, format }: ViewFrame): string {
  return lastUsedAt ? format.dateTime(lastUsedAt) : t('company.keys.unused');
}
