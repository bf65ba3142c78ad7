import app.trackpay.it.Story

Story.in(basedir).reference()
    .replace("trackpay.yaml", "    provides:\n      extensions:", "    provide:\n      extensions:")
    .replace("trackpay.yaml", "on-delete: cascade", "on-delete: cascades")
return true
