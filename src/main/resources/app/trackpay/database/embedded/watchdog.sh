# Owns the run folder given as $1. Reads commands from standard input, whose other end the JVM holds: when the JVM ends in any way,
# the input ends, the server is stopped and the folder removed. So signals meant for the JVM's process group must not end this shell.
trap '' HUP INT QUIT TERM PIPE
run=$1
umask 077

signal() {
  [ -s "$run/pid" ] && kill "-$1" "$(cat "$run/pid")" 2>/dev/null
}

while read -r word rest; do
  case $word in
    run)
      rm -f "$run/pid"
      {
        eval "exec $rest" </dev/null >>"$run/log" 2>&1 &
        echo $! >"$run/pid"
        wait $!
        code=$?
        : >"$run/pid"
        echo "$code"
      } &
      # the end of input must find the process
      while [ ! -e "$run/pid" ]; do sleep 0.01; done
      ;;
    stop) signal INT ;;
  esac
done

# again and again, since a process that has only just begun ignores signals as this shell does
while [ -s "$run/pid" ]; do
  signal QUIT
  sleep 0.02
done
rm -rf "$run"
