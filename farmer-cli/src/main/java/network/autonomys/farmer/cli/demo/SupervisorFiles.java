package network.autonomys.farmer.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes supervisord's configuration: one program file per process, in the operators' style. */
final class SupervisorFiles {
    private final Path folder;
    private final Path logs;

    /**
     * @param folder where supervisord.conf, its socket and conf.d lie
     * @param logs where the programs' output goes
     */
    SupervisorFiles(Path folder, Path logs) {
        this.folder = folder;
        this.logs = logs;
    }

    Path configuration() {
        return folder.resolve("supervisord.conf");
    }

    /** The main file, which includes every program file. */
    void writeMain() throws IOException {
        Files.createDirectories(folder.resolve("conf.d"));
        Files.writeString(configuration(), """
                [unix_http_server]
                file=%1$s/supervisor.sock
                chmod=0700

                [supervisord]
                logfile=%2$s/supervisord.log
                logfile_maxbytes=10MB
                pidfile=%1$s/supervisord.pid
                nodaemon=true
                silent=true

                [rpcinterface:supervisor]
                supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface

                [supervisorctl]
                serverurl=unix://%1$s/supervisor.sock

                [include]
                files=%1$s/conf.d/*.conf
                """.formatted(folder, logs));
    }

    /**
     * A program file.
     *
     * @param priority supervisord starts lower ones first and stops them last
     * @param stopSignal the signal that ends the program in good order
     */
    void writeProgram(
            String name, List<String> command, Map<String, String> environment, int priority, String stopSignal)
            throws IOException {
        StringBuilder text = new StringBuilder();
        text.append("# ").append(name).append(" Configuration\n\n");
        text.append("[program:").append(name).append("]\n");
        text.append("command=")
                .append(String.join(" ", command).replace("%", "%%"))
                .append('\n');
        text.append("autorestart=true\n");
        if (!environment.isEmpty()) {
            text.append("environment=");
            String separator = "";
            for (Map.Entry<String, String> entry : environment.entrySet()) {
                text.append(separator)
                        .append(entry.getKey())
                        .append("=\"")
                        .append(entry.getValue().replace("%", "%%"))
                        .append('"');
                separator = ",";
            }
            text.append('\n');
        }
        text.append("priority=").append(priority).append('\n');
        text.append("stopsignal=").append(stopSignal).append('\n');
        text.append("stopwaitsecs=12\n");
        text.append("redirect_stderr=true\n");
        text.append("stdout_logfile_maxbytes=100MB\n");
        text.append("stdout_logfile_backups=2\n");
        text.append("stdout_logfile=").append(logs.resolve(name + ".log")).append('\n');
        Files.writeString(folder.resolve("conf.d").resolve(name + ".conf"), text.toString());
    }
}
