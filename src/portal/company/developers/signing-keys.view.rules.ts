import { apiKeyState, isLiveApiKey } from '../../../companies/api-key-state.rules.ts';
import type { TableView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import type { FormPageView } from '../form.types.ts';
import type { LoadedSigning } from './signing-keys.pages.ts';

const HOME = '/company/signing-keys';

type SigningKey = LoadedSigning['signingKeys'][number];
type ApiKey = LoadedSigning['apiKeys'][number];

/** The signing keys, and which API keys take signed requests alone. */
export function signingKeysView(loaded: LoadedSigning, frame: ViewFrame): SectionsView {
  const { t, can } = frame;
  const writes = can('api-keys:write');
  const { signingKeys, isCompulsory } = loaded;
  const live = signingKeys.filter(({ revokedAt }) => revokedAt === null).length;
  return {
    title: t('company.signing.title'),
    lead: t('company.signing.lead', { count: frame.format.count(live) }),
    ...(isCompulsory && {
      banners: [{ tone: live === 0 ? 'bad' : 'info', text: t('company.signing.by-contract') }],
    }),
    ...(writes && {
      actions: [{ href: `${HOME}/new`, label: t('company.signing.new'), isPrimary: true }],
    }),
    sections: [
      {
        id: 'signing-keys',
        title: t('company.signing.keys'),
        text: t('company.signing.keys-text'),
        table: keyTable(signingKeys, writes, frame),
      },
      {
        id: 'who-signs',
        title: t('company.signing.who'),
        text: t('company.signing.who-text'),
        table: apiKeyTable(loaded, writes, frame),
      },
      {
        id: 'docs',
        title: t('company.keys.docs'),
        text: t('company.signing.docs-text'),
        links: [{ href: '/docs#signatures', label: t('company.signing.to-docs') }],
      },
    ],
  };
}

function keyTable(keys: readonly SigningKey[], writes: boolean, { t, format }: ViewFrame): TableView {
  return {
    caption: t('company.signing.keys'),
    isCaptionUnseen: true,
    isDense: true,
    isWide: true,
    columns: [
      { label: t('company.signing.label') },
      { label: 'keyid' },
      { label: t('company.signing.algorithm') },
      { label: t('company.signing.fingerprint'), isLong: true },
      { label: t('company.signing.registered') },
      { label: t('company.charge.state') },
      ...(writes ? [{ label: t('company.keys.act') }] : []),
    ],
    rows: keys.map(({ id, label, algorithm, fingerprint, createdAt, revokedAt }) => ({
      cells: [
        label,
        id,
        algorithm,
        fingerprint,
        format.dateTime(createdAt),
        {
          badge: revokedAt
            ? { tone: 'plain', text: t('company.keys.revoked') }
            : { tone: 'good', text: t('company.keys.valid') },
        },
        ...(writes
          ? [revokedAt ? '' : { text: t('company.keys.revoke'), href: `${HOME}/${id}/revoke` }]
          : []),
      ],
    })),
    empty: { title: t('company.signing.none'), text: t('company.signing.none-text') },
  };
}

function apiKeyTable(
  { apiKeys, isCompulsory, now }: LoadedSigning,
  writes: boolean,
  { t }: ViewFrame,
): TableView {
  return {
    caption: t('company.signing.who'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('company.keys.label') },
      { label: t('company.keys.id') },
      { label: t('company.signing.column') },
      ...(writes ? [{ label: t('company.keys.act') }] : []),
    ],
    rows: apiKeys
      .filter((key) => isLiveApiKey(apiKeyState(key, now)))
      .map(({ id, label, requiresSignature }) => ({
        cells: [
          label,
          `tbn_${id}_…`,
          t(isCompulsory || requiresSignature ? 'company.signing.required' : 'company.signing.optional'),
          ...(writes ? [{ text: t('company.signing.change'), href: `/company/keys/${id}/signature` }] : []),
        ],
      })),
    empty: { title: t('company.keys.none'), text: t('company.keys.none-text') },
  };
}

/** Asks for the public key. */
export function newSigningKeyView(_: undefined, { t }: ViewFrame): FormPageView {
  return {
    title: t('company.signing.new'),
    lead: t('company.signing.new-lead'),
    crumbs: [{ href: HOME, label: t('company.signing.title') }],
    banners: [{ tone: 'warn', text: t('company.signing.public-only') }],
    formName: 'company.new-signing-key-form',
    action: `${HOME}/new`,
    groups: [
      {
        title: t('company.signing.key'),
        fields: [
          { name: 'label', label: t('company.signing.label'), hint: t('company.keys.label-hint') },
          {
            name: 'publicKey',
            label: t('company.signing.public-key'),
            hint: t('company.signing.public-key-hint'),
            rows: 12,
          },
        ],
      },
    ],
    label: t('company.signing.new'),
    back: HOME,
  };
}

/** Asks before a signing key is revoked, and warns where nothing could be signed any more. */
export function revokeSigningKeyView(
  {
    key,
    isLast,
    isCompulsory,
    apiKeys,
  }: Omit<LoadedSigning, 'signingKeys'> & { readonly key: SigningKey; readonly isLast: boolean },
  { t, format }: ViewFrame,
): SectionsView {
  const isNeeded = isLast && (isCompulsory || apiKeys.some(({ requiresSignature }) => requiresSignature));
  return {
    title: t('company.signing.revoke-title'),
    crumbs: [{ href: HOME, label: t('company.signing.title') }],
    ...(isNeeded && { banners: [{ tone: 'warn' as const, text: t('company.signing.last') }] }),
    sections: [],
    confirm: {
      title: t('company.signing.revoke-question'),
      texts: [t('company.signing.revoke-text')],
      facts: [
        { label: t('company.signing.label'), text: key.label },
        { label: 'keyid', text: key.id },
        { label: t('company.signing.fingerprint'), text: key.fingerprint },
        { label: t('company.signing.registered'), text: format.dateTime(key.createdAt) },
      ],
      formName: 'company.revoke-signing-key-form',
      action: `${HOME}/${key.id}/revoke`,
      label: t('company.keys.revoke'),
      back: HOME,
      isDanger: true,
    },
  };
}

/** Asks whether an API key takes signed requests alone. */
export function keySignatureView(
  { key, isCompulsory }: { readonly key: ApiKey; readonly isCompulsory: boolean },
  { t }: ViewFrame,
): FormPageView {
  return {
    title: t('company.signing.change-title'),
    lead: t('company.signing.change-lead'),
    crumbs: [{ href: HOME, label: t('company.signing.title') }],
    banners: isCompulsory ? [{ tone: 'info', text: t('company.signing.by-contract') }] : [],
    facts: [
      { label: t('company.keys.label'), text: key.label },
      { label: t('company.keys.id'), text: `tbn_${key.id}_…` },
    ],
    formName: 'company.key-signature-form',
    action: `/company/keys/${key.id}/signature`,
    groups: [
      {
        title: t('company.signing.column'),
        fields: [
          {
            name: 'signatures',
            label: t('company.signing.column'),
            value: key.requiresSignature ? 'required' : 'optional',
            options: [
              { value: 'optional', label: t('company.signing.optional') },
              { value: 'required', label: t('company.signing.required') },
            ],
          },
        ],
      },
    ],
    label: t('company.signing.set'),
    back: HOME,
  };
}
