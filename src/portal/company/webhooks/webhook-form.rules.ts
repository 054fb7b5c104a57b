import { createHash } from 'node:crypto';
import { publishedTypes, type PublishedType } from '../../../published-events/published-types.ts';
import { readTypes } from '../../../webhooks/endpoint.queries.ts';
import { FieldFaults } from '../../kit/form-state.ts';

/** Whether all events are sent, those that will be added too, or a choice of them. */
export const typeChoices = ['all', 'some'] as const;
export type TypeChoice = (typeof typeChoices)[number];

/** The box of a type: `charge.captured` is `type_charge_captured`. */
export const typeField = (type: PublishedType) => `type_${type.replaceAll(/[.-]/g, '_')}`;

/** The types by what they are about, in their order: `charge`, `consent`, … */
export const typeGroups: readonly (readonly [string, readonly PublishedType[]])[] = [
  ...Map.groupBy(publishedTypes, (type) => type.slice(0, type.indexOf('.'))),
];

interface Chosen {
  readonly choice: TypeChoice;
  /** The fields of the form as they were read. */
  readonly input: Readonly<Record<string, unknown>>;
  /** What the endpoint has now; null for all. */
  readonly present: readonly PublishedType[] | null;
}

/**
 * The types that a form chooses; null for all. Boxes that were ticked beside "all" are no answer: nobody is sent what they did not
 * want. Those that were ticked before stay behind when somebody goes over to all.
 * @throws FieldFaults for a choice of none, or of all and some
 */
export function readTypeChoice({ choice, input, present }: Chosen): readonly PublishedType[] | null {
  const ticked = publishedTypes.filter((type) => input[typeField(type)] === true);
  if (choice === 'some') {
    if (ticked.length === 0) throw new FieldFaults({ which: { key: 'company.webhooks.fault.no-type' } });
    return ticked;
  }
  if (ticked.some((type) => !present?.includes(type)))
    throw new FieldFaults({ which: { key: 'company.webhooks.fault.all-and-some' } });
  return null;
}

interface Settings {
  readonly url: string;
  readonly description?: string | null | undefined;
  /** As they are stored. */
  readonly eventTypes?: unknown;
}

/** Changes whenever the settings do: what was typed over others' changes is not taken. */
export function settingsMark({ url, description = null, eventTypes }: Settings): string {
  return createHash('sha256')
    .update(JSON.stringify([url, description, readTypes(eventTypes)]))
    .digest('hex')
    .slice(0, 32);
}
