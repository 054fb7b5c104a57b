import { isDate } from '../../shared/calendar-date.rules.ts';
import type { MessageKey } from '../messages/translate.ts';

/** Why a typed text was not accepted. */
export interface FieldFault {
  readonly key: MessageKey;
  readonly facts?: Readonly<Record<string, string | number>>;
}

/** What a field makes of the text that was typed. */
export type FieldReading<T> = { readonly value: T } | { readonly fault: FieldFault };

/** A field of a form: how its text becomes a value of the use case's input. */
export interface Field<T> {
  /** As the page and the summary of errors call it. */
  readonly label: MessageKey;
  /** What was typed is never sent back to the browser. */
  readonly isSecret?: true;
  read(text: string): FieldReading<T>;
}

export type Fields = Readonly<Record<string, Field<unknown>>>;

/** The values that a form's fields read. */
export type InputOf<F extends Fields> = {
  readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never;
};

interface TextTerms {
  readonly label: MessageKey;
  readonly maxLength: number;
  /** The text has several lines; otherwise line breaks become blanks. */
  readonly isMultiline?: true;
}

/** Characters that no text contains on purpose: they forge lines of a mail, or hide what is written. */
const UNSEEN = /[^\P{Cc}\n\t]|[\p{Zl}\p{Zp}\p{Bidi_Control}\u200b\u2060\ufeff]/gu;

/** A text that must be there. Blanks around it and unseen characters are removed. */
export function textField({ label, maxLength, isMultiline }: TextTerms): Field<string> {
  return {
    label,
    read: (typed) => {
      const text = cleanText(typed, isMultiline);
      if (text === '') return { fault: { key: 'kit.fault.missing' } };
      if (text.length > maxLength) return { fault: { key: 'kit.fault.too-long', facts: { max: maxLength } } };
      return { value: text };
    },
  };
}

function cleanText(typed: string, isMultiline?: true): string {
  const lines = typed.replaceAll(/\r\n?/g, '\n').replaceAll(UNSEEN, '');
  return (isMultiline ? lines : lines.replaceAll(/[\n\t]/g, ' ')).trim();
}

/** A field that may stay empty: then its value is undefined. */
export function optional<T>(field: Field<T>): Field<T | undefined> {
  return { ...field, read: (text) => (text.trim() === '' ? { value: undefined } : field.read(text)) };
}

/** A password: taken as typed, and never shown again. */
export function secretField(label: MessageKey): Field<string> {
  return {
    label,
    isSecret: true,
    read: (text) => (text === '' ? { fault: { key: 'kit.fault.missing' } } : { value: text.slice(0, 1_024) }),
  };
}

/** One of some values, chosen by radio buttons or a select. */
export function choiceField<const T extends string>(label: MessageKey, values: readonly T[]): Field<T> {
  return {
    label,
    read: (text) => {
      const value = values.find((candidate) => candidate === text);
      return value === undefined ? { fault: { key: 'kit.fault.choose' } } : { value };
    },
  };
}

/** A box that is ticked or not. */
export function checkField(label: MessageKey): Field<boolean> {
  return { label, read: (text) => ({ value: text === 'on' }) };
}

/** A whole number, typed in any width and with separators: `１，０００`. */
export function countField(
  label: MessageKey,
  { min, max }: { readonly min: number; readonly max: number },
): Field<number> {
  return {
    label,
    read: (typed) => {
      const text = plainDigits(typed);
      if (text === '') return { fault: { key: 'kit.fault.missing' } };
      const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
      if (!(value >= min && value <= max)) return { fault: { key: 'kit.fault.number', facts: { min, max } } };
      return { value };
    },
  };
}

/** An amount of money in minor units of a currency without decimals, typed in any width, with separators and 円 or ¥. */
export function moneyField(label: MessageKey, { max }: { readonly max: bigint }): Field<bigint> {
  return {
    label,
    read: (typed) => {
      const text = plainDigits(typed).replaceAll(/^[¥\\]|円$/g, '');
      if (text === '') return { fault: { key: 'kit.fault.missing' } };
      const value = /^\d{1,12}$/.test(text) ? BigInt(text) : -1n;
      if (value < 0n || value > max)
        return { fault: { key: 'kit.fault.money', facts: { max: max.toLocaleString('en') } } };
      return { value };
    },
  };
}

/** A date: `2026-05-01`, also typed `2026/5/1` or `2026年5月1日`, in any width. */
export function dateField(label: MessageKey): Field<string> {
  return {
    label,
    read: (typed) => {
      if (typed.trim() === '') return { fault: { key: 'kit.fault.missing' } };
      const date = readTypedDate(typed);
      return date === undefined ? { fault: { key: 'kit.fault.date' } } : { value: date };
    },
  };
}

/** A time of day: `09:30`, also typed `9:30` or `9時30分`, in any width. */
export function timeField(label: MessageKey): Field<string> {
  return {
    label,
    read: (typed) => {
      if (typed.trim() === '') return { fault: { key: 'kit.fault.missing' } };
      const [, hour = '', minute = ''] =
        /^([01]?\d|2[0-3])[:時]([0-5]\d)分?$/.exec(typed.normalize('NFKC').trim()) ?? [];
      return hour === ''
        ? { fault: { key: 'kit.fault.time' } }
        : { value: `${hour.padStart(2, '0')}:${minute}` };
    },
  };
}

/** The date that somebody typed, as `dateField` takes it; undefined for what is none. */
export function readTypedDate(typed: string): string | undefined {
  const [, year = '', month = '', day = ''] =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(typed.normalize('NFKC').trim()) ?? [];
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDate(date) ? date : undefined;
}

/** The amount that somebody typed in a search, in minor units; undefined for nothing, null for what is none. */
export function readTypedAmount(typed: string | undefined): bigint | null | undefined {
  const text = plainDigits(typed ?? '').replaceAll(/[¥円\\]/g, '');
  if (text === '') return undefined;
  return /^\d{1,12}$/.test(text) ? BigInt(text) : null;
}

/** The place of a file among the fields, for what is wrong with it. A browser sends a file only if it was chosen again. */
export function uploadField(label: MessageKey): Field<undefined> {
  return { label, isSecret: true, read: () => ({ value: undefined }) };
}

function plainDigits(typed: string): string {
  return typed.normalize('NFKC').replaceAll(/[\s,、]/g, '');
}
