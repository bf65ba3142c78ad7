package app.trackpay.plan;

/** Text of the plan file as it is written, with its place. */
record Written(String text, Place place) {}
