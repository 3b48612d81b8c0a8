"""From Kafka's topics into the index: a consumer group, as many processes as are wanted (`manage.py run_sink`).

At least once, in any order, as often as it likes: every write carries the painting's version, and the index keeps the
newest. `sinking` is the loop, `group` asks Kafka, `batches` writes, `dead_letters` keeps what can't be indexed.
"""
