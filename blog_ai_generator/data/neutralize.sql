-- forget the API keys
UPDATE blog_ai_provider
   SET api_key = NULL;

-- hold everything that costs money or publishes, until an administrator confirms
DELETE FROM ir_config_parameter
 WHERE key = 'blog_ai_generator.database_uuid';

-- deactivate the daily slots
UPDATE blog_ai_slot
   SET active = false;
DELETE FROM blog_ai_slot_day
 WHERE state = 'planned';

-- keep in the queue what is queued or being written, and publish none of it
UPDATE blog_ai_call
   SET outcome = 'lost'
 WHERE outcome = 'pending';
UPDATE blog_ai_generation
   SET state = 'queued', lease_token = NULL, lease_until = NULL,
       next_try_at = now() AT TIME ZONE 'UTC', publish = false
 WHERE state IN ('queued', 'writing');

-- unpublish posts that were approved for a later date, and announce none
UPDATE blog_post
   SET is_published = false
 WHERE blog_ai_generation_id IS NOT NULL
   AND is_published
   AND post_date > now() AT TIME ZONE 'UTC';
UPDATE blog_post
   SET blog_ai_announce_at = NULL
 WHERE blog_ai_announce_at IS NOT NULL;
