import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely';

// oxlint-disable-next-line typescript/no-explicit-any -- any tables of the statement
type AnyBuilder = ExpressionBuilder<any, any>;
// oxlint-disable-next-line typescript/no-explicit-any -- as above
type Condition = (builder: AnyBuilder) => ExpressionWrapper<any, any, SqlBool>;

/**
 * The rows in force on a business date, as a condition for `where` or `on`: `contains` of `date-range.rules.ts` over
 * the columns `valid_from` and `valid_to`. `table` is the name or alias of the table.
 *
 * @example
 * sqlOf(em).selectFrom('contract').selectAll().where(validOn('contract', businessDate))
 */
export function validOn(table: string, businessDate: string): Condition {
  return ({ eb, and, or }) =>
    and([
      eb(`${table}.validFrom`, '<=', businessDate),
      or([eb(`${table}.validTo`, 'is', null), eb(`${table}.validTo`, '>', businessDate)]),
    ]);
}

/** The rows that have ended on a business date: `hasEnded` over the column `valid_to`. */
export function endedBy(table: string, businessDate: string): Condition {
  return ({ eb }) => eb(`${table}.validTo`, '<=', businessDate);
}
