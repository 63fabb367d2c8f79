-- The ticket indicators of demo-2025 by hand: what somebody who knows DuckDB would write, one scan, one row per cell.
-- TICKETS stands for the cleaned files. Result: indicator, entity, category, period, hits, n; sorted, cells of nobody left out.
WITH counted AS MATERIALIZED (
    SELECT
        entity, category, period,
        count(*) FILTER (channel = 'online' AND first_response_s <= 30) AS r1,
        count(*) FILTER (channel = 'online') AS r1_n,
        count(*) FILTER (after_sales AND solved_first_contact) AS r4,
        count(*) FILTER (after_sales) AS r4_n,
        count(*) FILTER (bot_first AND bot_solved) AS r5,
        count(*) FILTER (bot_first) AS r5_n,
        count(*) FILTER (night AND asked_human AND human_wait_min <= 5) AS r6,
        count(*) FILTER (night AND asked_human) AS r6_n,
        count(*) FILTER (service IN ('return', 'exchange') AND pickup_h <= 24 AND settle_h <= 72) AS s1,
        count(*) FILTER (service IN ('return', 'exchange')) AS s1_n,
        count(*) FILTER (service = 'repair' AND NOT repeat_repair_30d) AS s2,
        count(*) FILTER (service = 'repair') AS s2_n,
        count(*) FILTER (scene = 'complaint' AND outcome_told) AS s3,
        count(*) FILTER (scene = 'complaint') AS s3_n,
        count(*) FILTER (scene = 'complaint' AND complained_again) AS s4,
        count(*) FILTER (refund_approved_at IS NOT NULL AND refund_h <= 48) AS s5,
        count(*) FILTER (refund_approved_at IS NOT NULL) AS s5_n,
        count(*) FILTER (after_sales AND followed_up) AS s6,
        count(*) FILTER (disputed AND outline_h <= 24) AS s7,
        count(*) FILTER (disputed) AS s7_n
    FROM TICKETS
    GROUP BY ALL
)
SELECT * FROM (
    SELECT 'R1' AS indicator, entity, category, period, r1 AS hits, r1_n AS n FROM counted
    UNION ALL SELECT 'R4', entity, category, period, r4, r4_n FROM counted
    UNION ALL SELECT 'R5', entity, category, period, r5, r5_n FROM counted
    UNION ALL SELECT 'R6', entity, category, period, r6, r6_n FROM counted
    UNION ALL SELECT 'S1', entity, category, period, s1, s1_n FROM counted
    UNION ALL SELECT 'S2', entity, category, period, s2, s2_n FROM counted
    UNION ALL SELECT 'S3', entity, category, period, s3, s3_n FROM counted
    UNION ALL SELECT 'S4', entity, category, period, s4, s3_n FROM counted
    UNION ALL SELECT 'S5', entity, category, period, s5, s5_n FROM counted
    UNION ALL SELECT 'S6', entity, category, period, s6, r4_n FROM counted
    UNION ALL SELECT 'S7', entity, category, period, s7, s7_n FROM counted
)
WHERE n > 0
ORDER BY indicator, entity, category, period
