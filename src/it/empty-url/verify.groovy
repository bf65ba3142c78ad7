import app.trackpay.it.Story

Story.in(basedir)
    .verdict("health", "could-not-run")
    .says("The database URL is empty: <url> in the pom is set to nothing",
          "The database URL is not resolved: <url> in the pom reads \${env.NOBODY_SETS_THIS}",
          "The password stands in <url> in the pom",
          "The database URL is empty: -Dtrackpay.url is set to nothing",
          "trackpay.live is set and there is no database URL")
    .neverSays("REHEARSAL", "of-course-secret")
    .isReadable()
return true
