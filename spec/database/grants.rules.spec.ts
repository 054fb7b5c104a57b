import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findExcessRights, listMissingRights, listRevocable } from '../../src/database/grants.rules.ts';

const login =
  "GRANT USAGE ON *.* TO `tabane`@`%` IDENTIFIED BY PASSWORD '*7B9EBEED26AA52ED10C0F549FA863F13C39E0209'";
const rows = 'GRANT SELECT, INSERT, UPDATE, DELETE, EXECUTE ON `tabane`.* TO `tabane`@`%`';

describe('the rights of the service’s database user', () => {
  it('are to connect, and to read and write rows', () => {
    assert.deepEqual(
      findExcessRights([login, `${login} REQUIRE SSL WITH MAX_USER_CONNECTIONS 50`, rows]),
      [],
    );
    assert.deepEqual(listMissingRights([login, rows], 'tabane'), []);
  });

  const excessive: readonly [line: string, excess: string][] = [
    ['GRANT ALL PRIVILEGES ON `tabane`.* TO `tabane`@`%`', 'ALL PRIVILEGES on `tabane`.*'],
    ['GRANT SELECT, TRIGGER ON `tabane`.* TO `tabane`@`%`', 'TRIGGER on `tabane`.*'],
    [`${rows} WITH GRANT OPTION`, 'GRANT OPTION on `tabane`.*'],
    [`${login} WITH GRANT OPTION`, 'GRANT OPTION on *.*'],
    ['GRANT SELECT ON *.* TO `tabane`@`%`', 'SELECT on *.*'],
    ['GRANT SUPER, PROCESS ON *.* TO `tabane`@`%`', 'SUPER, PROCESS on *.*'],
    ['GRANT SELECT, INSERT ON `mysql`.* TO `tabane`@`%`', 'SELECT, INSERT on `mysql`.*'],
    ['GRANT SELECT ON `my%`.* TO `tabane`@`%`', 'SELECT on `my%`.*'],
    ['GRANT SELECT ON `mysql`.`global_priv` TO `tabane`@`%`', 'SELECT on `mysql`.`global_priv`'],
    ['GRANT SELECT (id), ALTER ON `tabane`.`charge` TO `tabane`@`%`', 'ALTER on `tabane`.`charge`'],
    [
      'GRANT ALTER ROUTINE ON FUNCTION `tabane`.`guards_in_place` TO `tabane`@`%`',
      'ALTER ROUTINE on `tabane`.`guards_in_place`',
    ],
    ['GRANT `administrators` TO `tabane`@`%`', 'GRANT `administrators` TO `tabane`@`%`'],
    ['GRANT DROP ON `tabane`.* TO PUBLIC', 'DROP on `tabane`.*'],
  ];
  for (const [line, excess] of excessive) {
    it(`are too many with ${line.replace(/ IDENTIFIED BY PASSWORD '\S+'/, '')}`, () => {
      assert.deepEqual(findExcessRights([login, line]), [excess]);
    });
  }

  it('are missing if they are for another database', () => {
    assert.deepEqual(listMissingRights([login, rows], 'tabane_new').length, 5);
    assert.deepEqual(listMissingRights([login, 'GRANT SELECT, INSERT ON `tabane`.* TO `t`@`%`'], 'tabane'), [
      'UPDATE',
      'DELETE',
      'EXECUTE',
    ]);
    const pattern = rows.replace('`tabane`.*', '`tabane\\_test\\_%`.*');
    assert.deepEqual(listMissingRights([pattern], 'tabane_test_7'), []);
    assert.deepEqual(listMissingRights([pattern], 'tabaneXtest_7').length, 5);
  });

  it('are revoked in this database only', () => {
    const lines = [
      'GRANT ALL PRIVILEGES ON `ta\\_b`.* TO `t`@`%`',
      'GRANT DROP ON `ta%`.* TO `t`@`%`',
      login,
    ];
    assert.deepEqual(listRevocable(lines, 'ta_b'), [{ on: '`ta\\_b`.*', rights: ['ALL PRIVILEGES'] }]);
  });
});
