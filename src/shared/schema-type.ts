/** The JSON types our schemas use. */
type TypeName = 'object' | 'array' | 'string' | 'integer' | 'boolean' | 'null';

/** A JSON Schema (2020-12) as our routes write it; further keywords such as `pattern` or `maximum` are allowed. */
export interface Schema {
  readonly type?: TypeName | readonly TypeName[];
  /** Name of a schema with an own entry in the API reference. */
  readonly title?: string;
  readonly description?: string;
  /** Describes a value, after the words "must be", where the other keywords do not describe it well. */
  readonly mustBe?: string;
  readonly default?: string | number | boolean;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly [keyword: string]: unknown;
}

/** A schema of an object with named members, the only shape of bodies and queries. */
export interface ObjectSchema extends Schema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, Schema>>;
}

/**
 * The TypeScript type of the values that a schema accepts, so that a shape is defined only once, by its schema.
 *
 * @example
 * const point = { type: 'object', properties: { x: { type: 'integer' } }, required: ['x'] } as const;
 * type Point = FromSchema<typeof point>; // { x: number }
 */
export type FromSchema<S> = S extends { readonly const: infer C }
  ? C
  : S extends { readonly enum: readonly (infer E)[] }
    ? E
    : S extends { readonly anyOf: readonly (infer A)[] }
      ? FromEach<A>
      : S extends { readonly type: readonly (infer T)[] }
        ? FromType<T, S>
        : S extends { readonly type: infer T }
          ? FromType<T, S>
          : unknown;

type FromEach<A> = A extends unknown ? FromSchema<A> : never;

type FromType<T, S> = T extends 'object'
  ? FromObject<S>
  : T extends 'array'
    ? FromArray<S>
    : T extends 'string'
      ? string
      : T extends 'integer'
        ? number
        : T extends 'boolean'
          ? boolean
          : T extends 'null'
            ? null
            : never;

type FromArray<S> = S extends { readonly items: infer I } ? readonly FromSchema<I>[] : readonly unknown[];

/** Members that are always present: required ones, and those with a default, which `compileTextSchema` fills in. */
type RequiredOf<S> =
  | (S extends { readonly required: readonly (infer R)[] } ? R : never)
  | (S extends { readonly properties: infer P } ? DefaultedOf<P> : never);

type DefaultedOf<P> = {
  [K in keyof P]: P[K] extends { readonly default: string | number | boolean } ? K : never;
}[keyof P];

type FromObject<S> = S extends { readonly properties: infer P }
  ? { readonly [K in keyof P as K extends RequiredOf<S> ? K : never]: FromSchema<P[K]> } & {
      readonly [K in keyof P as K extends RequiredOf<S> ? never : K]?: FromSchema<P[K]>;
    }
  : Readonly<Record<string, unknown>>;
