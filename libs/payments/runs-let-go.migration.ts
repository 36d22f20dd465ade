import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a run has ordered it may let go of as long as it has no file: the order then waits for another run, or is refused
 * where its payment turns out to have gone out before a restore.
 */
export class RunsLetGo1790000001002 implements MigrationInterface {
  readonly name = 'RunsLetGo1790000001002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create or replace function payment_run_rows_frozen() returns trigger language plpgsql as $$
        begin
          if tg_op = 'UPDATE' and old.verdict = 'ok' and new.result is not null
            and to_jsonb(new) - array['result', 'decided_at', 'order_id', 'reasons'] = to_jsonb(old) - array['result', 'decided_at', 'order_id', 'reasons']
            and (old.result is null or (old.result = 'ordered' and not exists (select 1 from payment_files where run_id = old.run_id)
              and (new.result = 'recalled' or (new.result = 'refused' and exists (select 1 from payments_gone_out g where g.end_to_end_id = old.end_to_end_id))))) then
            return new;
          end if;
          raise exception 'a row of a payment run is frozen: % refused', tg_op using errcode = 'restrict_violation';
        end
      $$;`);
  }

  /** The function goes with the tables of the migration that made it. */
  async down(): Promise<void> {
    await Promise.resolve();
  }
}
