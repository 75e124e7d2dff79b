import { cast, dropped, join, or, other, type SoundStatement, written } from './mutants-fixture.ts';

/** Under `warehouse` of scenarios/tpcc.yaml. */
export const tpccStatements: readonly SoundStatement[] = [
  {
    sql: 'select c_discount, c_last from customer where c_w_id = $1 and c_d_id = $2 and c_id = $3',
    rewrites: [
      'select c_discount, c_last from customer where c_id = $3 and c_d_id = $2 and c_w_id = $1',
      'select c.c_discount, c.c_last from customer c ' +
        'where (c.c_w_id, c.c_d_id, c.c_id) = ($1, $2, $3)',
      'select c_discount, c_last from customer where (c_d_id, c_id) = ($2, $3) and c_w_id = $1',
    ],
    mutants: [
      dropped('scatter', 'select c_last from customer where c_d_id = $2 and c_id = $3'),
      or('scatter', 'select c_last from customer where c_w_id = $1 or c_d_id = $2 and c_id = $3'),
      cast('scatter', 'select c_last from customer where c_w_id::text = $1 and c_id = $3'),
      other('scatter', 'select c_last from customer where c_w_id = $1 + c_d_id'),
    ],
  },
  {
    sql:
      'select count(distinct s_i_id) from order_line, stock where ol_w_id = $1 and ol_d_id = $2 ' +
      'and ol_o_id >= $3 and s_w_id = $1 and s_i_id = ol_i_id and s_quantity < $4',
    rewrites: [
      'select count(distinct s_i_id) from stock join order_line on s_i_id = ol_i_id ' +
        'where ol_d_id = $2 and s_quantity < $4 and ol_o_id >= $3 and s_w_id = $1 and ol_w_id = $1',
      'select count(distinct s_i_id) from stock join order_line on s_i_id = ol_i_id ' +
        'and s_w_id = ol_w_id where ol_d_id = $2 and s_quantity < $4 and ol_w_id = $1',
    ],
    mutants: [
      dropped(
        'not-runnable',
        'select count(distinct s_i_id) from order_line, stock where ol_w_id = $1 ' +
          'and ol_d_id = $2 and s_i_id = ol_i_id and s_quantity < $4',
      ),
      join(
        'not-runnable',
        'select count(distinct s_i_id) from order_line, stock where ol_w_id = $1 ' +
          'and s_w_id = ol_supply_w_id and s_i_id = ol_i_id',
      ),
      dropped(
        'scatter',
        'select count(*) from order_line, stock where s_w_id = ol_w_id and s_i_id = ol_i_id',
      ),
    ],
  },
  {
    sql: 'update warehouse set w_ytd = w_ytd + $2 where w_id = $1 returning w_name',
    rewrites: [
      'update warehouse w set w_ytd = w.w_ytd + $2 where $1 = w.w_id returning w.w_name',
      'update warehouse set w_ytd = $2 + w_ytd where w_id = any(array[$1]::int8[]) ' +
        'returning w_name',
    ],
    mutants: [
      dropped('scatter', 'update warehouse set w_ytd = w_ytd + $2 where w_name = $1'),
      or('scatter', 'update warehouse set w_ytd = w_ytd + $2 where w_id = $1 or w_city = $3'),
      written('key-update', 'update warehouse set w_id = $2 where w_id = $1'),
      cast('scatter', 'update warehouse set w_ytd = 0 where cast(w_id as numeric) = $1'),
    ],
  },
  {
    sql:
      'delete from new_order where no_w_id = $1 and no_d_id = $2 and no_o_id = (select ' +
      'min(no_o_id) from new_order where no_w_id = $1 and no_d_id = $2)',
    rewrites: [
      'delete from new_order n where n.no_d_id = $2 and n.no_w_id = $1 and n.no_o_id in (select ' +
        'o.no_o_id from new_order o where o.no_d_id = $2 and o.no_w_id = $1 ' +
        'order by 1 limit 1)',
      'with oldest as (select no_o_id from new_order where no_w_id = $1 and no_d_id = $2 ' +
        'order by no_o_id limit 1) delete from new_order using oldest where no_w_id = $1 ' +
        'and no_d_id = $2 and new_order.no_o_id = oldest.no_o_id',
    ],
    mutants: [
      dropped(
        'not-runnable',
        'delete from new_order where no_w_id = $1 and no_d_id = $2 and no_o_id = (select ' +
          'min(no_o_id) from new_order where no_d_id = $2)',
      ),
      join(
        'not-runnable',
        'delete from new_order where no_w_id = $1 and no_o_id = (select ' +
          'min(no_o_id) from new_order where no_w_id = $2)',
      ),
      dropped('scatter', 'delete from new_order where no_d_id = $2 and no_o_id = $3'),
    ],
  },
  {
    sql: 'select i_price from item where i_id = $1',
    rewrites: ['select i.i_price from item as i where $1 = i.i_id'],
    mutants: [other('scatter', 'update item set i_price = $2 where i_id = $1')],
  },
];

/** Under `user` of scenarios/social.yaml. */
export const socialStatements: readonly SoundStatement[] = [
  {
    sql: 'select id, body from posts where user_id = :user order by created_at desc limit 20',
    rewrites: [
      'select p.id, p.body from posts p where p.user_id = :user ' +
        'order by p.created_at desc limit 20',
      'select id, body from (select * from posts where user_id = :user order by created_at desc ' +
        'limit 20) newest',
      'select p.id, p.body from users u join posts p on p.user_id = u.id where u.id = :user ' +
        'order by p.created_at desc limit 20',
      'select id, body from posts where exists (select 1 from users u where u.id = posts.user_id ' +
        'and u.id = :user) and user_id = :user',
    ],
    mutants: [
      dropped('scatter', 'select id, body from posts order by created_at desc limit 20'),
      join(
        'not-runnable',
        'select p.id from users u join posts p on p.id = u.id where u.id = :user',
      ),
      cast('scatter', 'select id, body from posts where user_id::text = :user'),
      or('scatter', 'select id, body from posts where user_id = :user or likes > 90'),
    ],
  },
  {
    sql: 'select count(*) from follows where follower_id = @user',
    rewrites: ['select count(*) from follows f where f.follower_id = @user and f.id > 0'],
    mutants: [
      join('scatter', 'select count(*) from follows where followee_id = @user'),
      or('scatter', 'select count(*) from follows where @user in (follower_id, followee_id)'),
      join(
        'not-runnable',
        'select p.id from follows f join posts p on p.user_id = f.followee_id ' +
          'where f.follower_id = @user',
      ),
    ],
  },
];
