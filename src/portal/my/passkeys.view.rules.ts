import { MAX_PASSKEYS } from '../../identity/add-own-passkey.ts';
import type { OwnPasskey } from '../../identity/own-passkeys.ts';
import type { PageView, ViewFrame } from '../kit/define-page.ts';
import type { ConfirmView } from './cancel-subscription.view.rules.ts';
import type { CrumbView, FactView, RowView } from './my-parts.rules.ts';

type Words = Pick<ViewFrame, 't' | 'format'>;

export interface PasskeysView {
  readonly rows: readonly RowView[];
  /** Undefined where none can be added; `note` says why. */
  readonly addHref: string | undefined;
  readonly note: string | undefined;
}

const hrefOf = ({ ref }: Pick<OwnPasskey, 'ref'>): string => `/my/security/passkeys/${ref}`;
const crumbs = ({ t }: Pick<ViewFrame, 't'>): CrumbView[] => [
  { href: '/my/security', label: t('my.security.title') },
];

/** The passkeys of an ID, and whether there may be another. */
export function passkeysView(
  passkeys: readonly OwnPasskey[],
  frame: Words & Pick<ViewFrame, 'can'>,
): PasskeysView {
  const { t, can } = frame;
  const isFull = passkeys.length >= MAX_PASSKEYS;
  const canAdd = can('own-passkeys:write');
  return {
    rows: passkeys.map((passkey) => ({
      href: hrefOf(passkey),
      title: passkey.label,
      notes: [
        t('my.passkey.since', { at: frame.format.dateTime(passkey.createdAt) }),
        usedText(passkey, frame),
      ],
    })),
    addHref: canAdd && !isFull ? '/my/security/passkeys/new' : undefined,
    note: noteOf({ canAdd, isFull }, frame),
  };
}

function noteOf({ canAdd, isFull }: { canAdd: boolean; isFull: boolean }, { t }: Words): string | undefined {
  if (!canAdd) return t('my.passkey.elsewhere');
  return isFull ? t('my.passkey.full', { count: MAX_PASSKEYS }) : undefined;
}

function usedText({ lastUsedAt }: OwnPasskey, { t, format }: Words): string {
  return lastUsedAt ? t('my.passkey.used', { at: format.dateTime(lastUsedAt) }) : t('my.passkey.unused');
}

export interface PasskeyView extends PageView {
  readonly crumbs: readonly CrumbView[];
  readonly facts: readonly FactView[];
  readonly nameField: object;
  readonly renameAction: string | undefined;
  readonly removeHref: string;
}

/** One passkey: its name, its use and its end. */
export function passkeyView(passkey: OwnPasskey, { t, format, can }: ViewFrame): PasskeyView {
  const { label, isSynced, createdAt, lastUsedAt } = passkey;
  return {
    title: label,
    crumbs: crumbs({ t }),
    facts: [
      { label: t('my.passkey.added-at'), text: format.dateTime(createdAt) },
      {
        label: t('my.passkey.used-at'),
        text: lastUsedAt ? format.dateTime(lastUsedAt) : t('my.passkey.never'),
      },
      { label: t('my.passkey.place'), text: t(isSynced ? 'my.passkey.synced' : 'my.passkey.bound') },
    ],
    nameField: nameField(label, { t }),
    renameAction: can('own-passkeys:write') ? `${hrefOf(passkey)}/name` : undefined,
    removeHref: `${hrefOf(passkey)}/remove`,
  };
}

function nameField(value: string, { t }: Pick<ViewFrame, 't'>): object {
  return {
    name: 'label',
    label: t('my.passkey.name'),
    hint: t('my.passkey.name-hint'),
    value,
    maxlength: 60,
    autocomplete: 'off',
  };
}

export interface NewPasskeyView extends PageView {
  readonly crumbs: readonly CrumbView[];
  /** For the browser, as JSON. */
  readonly options: string;
  readonly nameField: object;
}

interface Offered {
  readonly options: string;
  /** As the browser calls itself. */
  readonly browser: string | undefined;
}

export function newPasskeyView({ options, browser }: Offered, { t }: ViewFrame): NewPasskeyView {
  return {
    title: t('my.passkey.new'),
    crumbs: crumbs({ t }),
    options,
    nameField: nameField(browser ?? '', { t }),
  };
}

export interface RemovePasskeyView extends PageView {
  readonly crumbs: readonly CrumbView[];
  readonly confirm: ConfirmView;
  readonly affected: readonly RowView[];
}

/** Asks before a passkey is removed. */
export function removePasskeyView(passkey: OwnPasskey, { t }: ViewFrame): RemovePasskeyView {
  const href = hrefOf(passkey);
  return {
    title: t('my.passkey-remove.title'),
    crumbs: [...crumbs({ t }), { href, label: passkey.label }],
    confirm: {
      title: t('my.passkey-remove.question', { name: passkey.label }),
      texts: [t('my.passkey-remove.text'), t('my.passkey-remove.sessions'), t('my.passkey-remove.device')],
      facts: [],
      action: `${href}/remove`,
      label: t('my.passkey-remove.button'),
      back: href,
      isDanger: true,
    },
    affected: [],
  };
}
